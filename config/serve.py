"""Make the portal ready and become its web server: what ``make run`` calls.

Everything that can be wrong on a new machine ends in one line on standard error and exit status 1. The steps can be
repeated at will: migrations and static files catch up with the code, and records are loaded only into an empty
database.
"""

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from environs import Env

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m config.serve", description=__doc__)
    parser.add_argument("--prepare-only", action="store_true", help="stop before serving")
    prepare_only = parser.parse_args(arguments).prepare_only

    os.environ["PYTHONTZPATH"] = ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    # An unreachable database is known in seconds, not after the system's own time-out of minutes.
    os.environ.setdefault("PGCONNECT_TIMEOUT", "5")

    environment = load_settings()
    port = None if prepare_only else free_port(environment.str("PORT", "") or "8000")
    prepare()
    if port:
        if not environment.str("BASE_URL", ""):
            os.environ["BASE_URL"] = f"http://{HOST}:{port}"
        serve(port)


def stop(reason: object) -> NoReturn:
    """Say why in one line, and end."""
    lines = str(reason).strip().splitlines() or [type(reason).__name__]
    sys.exit(f"ghuraf: {lines[0]}")


def load_settings() -> "Env":
    """Import the settings, and return what they were read from: the environment, then ``.env``."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from environs import Env, EnvError

    try:
        django.setup()
    except (EnvError, ImproperlyConfigured, ValueError) as error:
        stop(f"the settings are wrong: {' '.join(str(error).split())}")
    except OSError as error:
        stop(f"cannot write {error.filename}: {error.strerror}")
    from django.conf import settings

    environment = Env()
    environment.read_env(settings.BASE_DIR / ".env", recurse=False)
    return environment


def free_port(value: str) -> int:
    """Return the port named by ``value`` if a server could listen on it now."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        stop(f"PORT is {value!r}, and a number from 1 to 65535 is wanted")
    port = int(value)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            stop(f"port {port} needs the rights of root; choose another: make run PORT=8000")
        except OSError:
            stop(
                f"port {port} on {HOST} is busy; stop what uses it or choose another: make run PORT={port % 65535 + 1}"
            )
    return port


def prepare() -> None:
    """Bring database and static files up to date; load the records into an empty database."""
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError, connection, connections

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        where = {
            key: connection.settings_dict[key] for key in ("HOST", "PORT", "NAME") if connection.settings_dict[key]
        }
        place = ", ".join(f"{key.lower()} {value}" for key, value in where.items())
        stop(f"cannot reach the database ({place}): {first_line(error)}")
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_records", if_empty=True)
        call_command("rebuild_search", if_empty=True, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    except (CommandError, DatabaseError) as error:
        stop(first_line(error))
    except OSError as error:
        stop(f"cannot write {error.filename}: {error.strerror}")
    connections.close_all()


def first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def serve(port: int) -> NoReturn:
    address = f"http://{HOST}:{port}"
    print(f"Ghuraf is on {address} - Ctrl+C stops it.")
    print(
        f"For the editors' side, {address}/admin/, make an administrator in another terminal: make admin", flush=True
    )
    # This process becomes the server, so that signals and the exit status are the server's own.
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
    # Its warnings are of no use here: there is one for every HEAD request.
    command += ["--no-control-socket", "--log-level", "error"]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main()
