# Ghuraf. `make run` starts the portal, `make test` tests it; `make help` names the rest.

VENV := .venv
BIN := $(VENV)/bin

# The zone rules come from the tzdata package, never from the system's files, which may be years old.
export PYTHONTZPATH :=

# The checks see the settings of a production site, whatever .env or the environment says.
CHECK_ENV = SECRET_KEY=only-for-checks-7f3c1e9a5b2d8f604c7ae1b93d5f2806e4c9 \
	DEBUG=False HTTPS=True ALLOWED_HOSTS=ghuraf.example BASE_URL=https://ghuraf.example \
	CSRF_TRUSTED_ORIGINS=https://ghuraf.example DATABASE_URL=sqlite://:memory: CACHE_URL=locmem://

# The Nu Html Checker that tests/test_html.py asks; another one may be named: VNU_JAR=/path/to/vnu.jar.
VNU_VERSION := 26.9.27
VNU_SHA256 := 22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47
VNU_JAR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/ghuraf/vnu-$(VNU_VERSION).jar
export VNU_JAR

LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate

.PHONY: help run admin test check format messages lock validator clean
.DEFAULT_GOAL := help

help:
	@echo 'make run      start the portal on http://127.0.0.1:8000 (PORT=, DATABASE_URL= are respected)'
	@echo 'make admin    make an administrator who may enter http://127.0.0.1:8000/admin/'
	@echo 'make test     run the tests (on PostgreSQL when DATABASE_URL names one; ARGS="-k word" is passed on)'
	@echo 'make check    lint, types, migrations, translations, import directions, deployment checks'
	@echo 'make format   let ruff format the code'
	@echo 'make messages gather new strings into locale/ and compile the catalogues (needs gettext)'
	@echo 'make lock     remake requirements/*.txt from pyproject.toml'
	@echo 'make validator fetch the HTML checker that make test asks where it is there (needs npm; it runs on Java)'
	@echo 'make clean    remove the virtual environment and caches; records in var/ stay'

run: $(VENV)/base.stamp .env
	@exec $(BIN)/python -m config.serve

# Without a terminal createsuperuser does nothing and says that all went well.
admin: $(VENV)/base.stamp .env
	@test -t 0 || { echo 'ghuraf: make admin asks for a name and a password: run it in a terminal' >&2; exit 1; }
	@$(BIN)/python -m config.serve --prepare-only
	@$(BIN)/python manage.py createsuperuser

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m djlint --lint --quiet templates
	$(CHECK_ENV) $(BIN)/python -m mypy
	$(CHECK_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_css.py tests/test_translations.py

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/dev.stamp .env
	$(BIN)/python manage.py makemessages --locale ar --no-obsolete --no-wrap --add-location file --ignore '$(VENV)' --ignore tests --ignore var
	$(BIN)/python manage.py compilemessages --verbosity 0 --ignore '$(VENV)' --ignore var

lock: $(VENV)/dev.stamp
	$(LOCK) pyproject.toml --output-file requirements/base.txt $(ARGS)
	$(LOCK) pyproject.toml --group dev --constraint requirements/base.txt --output-file requirements/dev.txt $(ARGS)

validator: $(VNU_JAR)

# Packed and not installed: an installation would run scripts of the package.
$(VNU_JAR): | $(BIN)/python
	@command -v npm >/dev/null || { echo 'ghuraf: npm is needed to fetch the HTML checker (Debian: apt install npm)' >&2; exit 1; }
	@mkdir -p '$(@D)' && new=$$(mktemp -d '$(@D)/vnu.XXXXXX') && trap 'rm -rf "$$new"' EXIT && \
	npm pack --silent --pack-destination "$$new" vnu-jar@$(VNU_VERSION) >/dev/null && \
	tar -xzf "$$new"/vnu-jar-$(VNU_VERSION).tgz -C "$$new" package/build/dist/vnu.jar && \
	$(BIN)/python -c 'import hashlib, sys; sys.exit(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest() != sys.argv[2])' \
		"$$new/package/build/dist/vnu.jar" $(VNU_SHA256) || \
		{ echo 'ghuraf: the HTML checker could not be fetched, or is not the one that VNU_SHA256 names' >&2; exit 1; } && \
	mv "$$new/package/build/dist/vnu.jar" '$@'

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis htmlcov .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Never overwritten: the key signs sessions and links that are out there.
.env:
	@umask 077; key=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))') && \
	printf '# Settings of this installation; README.md lists them all.\nSECRET_KEY=%s\n' "$$key" > $@

.env: | $(BIN)/python

$(BIN)/python:
	@for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$p; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo 'ghuraf: Python 3.11 or newer is needed and none was found; install it, or name it: make run PYTHON=/path/to/python3' >&2; \
		exit 1; \
	fi; \
	if ! "$$found" -m venv --clear $(VENV) >/dev/null 2>&1; then \
		rm -rf $(VENV); \
		echo "ghuraf: $$found could not make the virtual environment $(VENV) (on Debian and Ubuntu: apt install python3-venv)" >&2; \
		exit 1; \
	fi

# The stamp is older than the lock only when the lock has changed.
$(VENV)/%.stamp: requirements/%.txt | $(BIN)/python
	@echo 'Installing $<, as it is new or has changed...'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement $< || { \
		echo 'ghuraf: $< could not be installed; the reason stands above' >&2; exit 1; }
	@touch $@
