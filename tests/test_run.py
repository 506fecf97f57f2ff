"""What ``make run`` promises: it starts, keeps what was entered, and says in one line what stops it."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parent.parent
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="no make on the path")


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def new_database(tmp_path):
    """Return the address of a database that holds nothing yet, of the kind that these tests run on."""
    ours = urlsplit(os.environ["DATABASE_URL"])
    if ours.scheme not in ("postgres", "postgresql"):
        yield f"sqlite:///{tmp_path}/var/ghuraf.sqlite3"
        return
    name = f"test_run_{os.getpid()}"
    with closing(psycopg2.connect(urlunsplit(ours._replace(path="/postgres")))) as server:
        server.autocommit = True
        server.cursor().execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(ours._replace(path=f"/{name}"))
        server.cursor().execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def execute(address, statement):
    """Run one statement on a database and return what it selects, as a tool of the operator's would."""
    parts = urlsplit(address)
    with closing(
        sqlite3.connect(parts.path[1:]) if parts.scheme == "sqlite" else psycopg2.connect(address)
    ) as database:
        cursor = database.cursor()
        cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else []
        database.commit()
    return found


@pytest.fixture
def environment(tmp_path, free_port, new_database):
    """A new machine's environment: no records yet, a key, a free port."""
    return os.environ | {
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": new_database,
        "PORT": str(free_port),
        "STATICFILES_BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "BASE_URL": f"http://127.0.0.1:{free_port}",
        "DEBUG": "False",
    }


def start(environment, *arguments):
    command = [sys.executable, "-m", "config.serve", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@contextmanager
def serving(environment):
    """Start the portal, wait until it answers, yield its address, stop it the way Ctrl+C does."""
    address = f"http://127.0.0.1:{environment['PORT']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "config.serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(address, timeout=10).close()
                break
            except urllib.error.HTTPError:
                raise
            except OSError:
                assert process.poll() is None, "the server ended before it answered"
                assert time.monotonic() < deadline, "no answer in two minutes"
                time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    assert address in said
    assert "make admin" in said


def one_line(result):
    """Return the only line an attempt left on standard error, having failed."""
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    return line


def test_second_start_keeps_what_was_entered(environment, new_database):
    with serving(environment) as address, urllib.request.urlopen(address) as response:
        assert response.status == 200
        assert "Set-Cookie" not in response.headers
    ((chambers,),) = execute(new_database, "SELECT count(*) FROM chambers_chamber")
    assert chambers >= 40
    execute(new_database, "UPDATE chambers_chamber SET email = 'entered@by.hand'")
    began = time.monotonic()
    with serving(environment):
        assert time.monotonic() - began < 20
    kept = execute(new_database, "SELECT count(*) FROM chambers_chamber WHERE email = 'entered@by.hand'")
    assert kept == [(chambers,)]


def test_busy_port_is_said_before_anything_is_written(environment, free_port, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        line = one_line(start(environment))
    assert f"port {free_port} on 127.0.0.1 is busy" in line
    assert not (tmp_path / "var/ghuraf.sqlite3").exists()


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "٨٠٠٠"])
def test_port_that_is_none(environment, port):
    assert "a number from 1 to 65535 is wanted" in one_line(start(environment | {"PORT": port}))


def test_unreachable_database_is_named_without_its_password(environment, free_port):
    url = f"postgres://ghuraf:hidden@127.0.0.1:{free_port}/ghuraf"
    line = one_line(start(environment | {"DATABASE_URL": url, "PORT": str(free_port)}))
    assert "cannot reach the database" in line
    assert f"port {free_port}" in line
    assert "hidden" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "nosuch://somewhere/name"),
        ("EMAIL_URL", "nosuch://somewhere"),
    ],
)
def test_wrong_setting_is_named(environment, name, value):
    line = one_line(start(environment | {name: value}))
    assert "the settings are wrong" in line
    assert name in line


def test_empty_key_comes_with_how_to_make_one(environment):
    line = one_line(start(environment | {"SECRET_KEY": ""}))
    assert "SECRET_KEY" in line
    assert "secrets.token_urlsafe" in line


@pytest.mark.parametrize("url", ["mysql://u:hidden@host/name", "oracle://u:hidden@host/name", "ghuraf.sqlite3", ""])
def test_other_kind_of_database_is_one_line_that_names_the_two(environment, url):
    line = one_line(start(environment | {"DATABASE_URL": url}))
    assert "DATABASE_URL" in line
    assert "sqlite:///" in line
    assert "postgres://" in line
    assert "hidden" not in line


def test_head_and_foreign_host_leave_nothing_in_the_log(environment, capfd):
    with serving(environment) as address:
        with urllib.request.urlopen(urllib.request.Request(address, method="HEAD")) as response:
            assert response.status == 200
        foreign = urllib.request.Request(address, headers={"Host": "elsewhere.example"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(foreign)
    assert capfd.readouterr().err == ""


@pytest.fixture
def clone(tmp_path):
    """A folder with the Makefile and the locks, and nothing made yet."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def make(folder, *arguments, **environment):
    command = [shutil.which("make"), *arguments]
    # The make that may have started these tests hands its own options down; they are not for this one.
    inherited = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(
        command, cwd=folder, env=inherited | environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@needs_make
def test_missing_python_is_one_line(clone, tmp_path):
    result = make(clone, "run", PATH=str(tmp_path / "empty"))
    assert result.returncode != 0
    said = [line for line in result.stderr.splitlines() if not line.startswith("make:")]
    assert said == [
        "ghuraf: Python 3.11 or newer is needed and none was found; install it, or name it: "
        "make run PYTHON=/path/to/python3"
    ]
    assert not (clone / ".venv").exists()


@pytest.fixture
def installed(clone):
    """The same folder after its first run."""
    (clone / ".venv/bin").mkdir(parents=True)
    (clone / ".venv/bin/python").symlink_to(sys.executable)
    (clone / ".venv/base.stamp").touch()
    return clone


@needs_make
def test_key_is_fresh_private_and_never_overwritten(installed):
    assert make(installed, ".env").returncode == 0
    written = installed / ".env"
    first = written.read_text()
    (key,) = [line.removeprefix("SECRET_KEY=") for line in first.splitlines() if line.startswith("SECRET_KEY=")]
    assert len(key) >= 50
    assert written.stat().st_mode & 0o077 == 0
    assert make(installed, ".env").returncode == 0
    assert written.read_text() == first


@needs_make
def test_lock_is_installed_again_only_when_it_changed(installed):
    assert make(installed, "--question", ".venv/base.stamp").returncode == 0
    later = time.time() + 60
    os.utime(installed / "requirements/base.txt", (later, later))
    assert make(installed, "--question", ".venv/base.stamp").returncode == 1


@needs_make
def test_administrator_is_not_made_without_a_terminal(installed):
    assert make(installed, ".env").returncode == 0
    result = make(installed, "admin")
    assert result.returncode != 0
    said = [line for line in result.stderr.splitlines() if not line.startswith("make:")]
    assert said == ["ghuraf: make admin asks for a name and a password: run it in a terminal"]
