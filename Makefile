# The commands of the project; `make` lists them. Each says a line a step, and keeps the
# rest in build/ and var/log/.

PY := .venv/bin/python
RUN := .make/step
# Test processes; the machine in mind has two cores, and a third took as long.
JOBS ?= 2
# Of the demo: rows of the file, and EXIT=1 to stop after the import.
ROWS ?= 100000
EXIT ?=

# What checks need in order to start, and never connect to.
NOWHERE := env DATABASE_URL=postgres://nobody:none@127.0.0.1:9/none \
	REDIS_URL=redis://127.0.0.1:9/0 AYNI_VAR_DIR=build/var \
	AYNI_SECRET_KEY=checks-need-a-key-that-guards-nothing-0123456789-abcdefghij
OPEN_INTERNET := $(NOWHERE) DJANGO_SETTINGS_MODULE=ayni.settings.production \
	AYNI_ALLOWED_HOSTS=ayni.example AYNI_TRUSTED_ORIGINS=https://ayni.example

.PHONY: help base dev demo up test test-fast coverage check format lint types contracts \
	migrations spelling schema deploy static fix messages bench chaos lock

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

base:
	@.make/environment base

dev:
	@.make/environment dev

demo: base ## send a messy file through everything and watch it land (ROWS=, EXIT=1)
	@$(PY) manage.py demo --rows $(ROWS) $(if $(EXIT),--exit)

up: base ## serve everything on this machine until Ctrl-C
	@$(PY) manage.py up

test: dev ## run every test: real services, real processes, a real browser
	@.make/browser
	@$(PY) -m pytest -q -n $(JOBS) --dist loadgroup

test-fast: dev ## run the tests that take less than a second each
	@$(PY) -m pytest -q -n $(JOBS) --dist loadgroup -m "not slow"

coverage: dev ## run every test and show what none of them reached
	@.make/browser
	@$(PY) -m pytest -q -n $(JOBS) --dist loadgroup --cov --cov-report=term

# In the order of their cost, so that the commonest mistake is told first.
check: format lint spelling contracts migrations schema deploy static types ## run what must pass before a change is handed in

format: dev
	@$(RUN) format $(PY) -m ruff format --check .

lint: dev ## look for mistakes with every rule of ruff
	@$(RUN) lint $(PY) -m ruff check .

spelling: dev
	@$(RUN) spelling $(PY) -m codespell_lib

contracts: dev ## check who imports whom
	@$(RUN) contracts .venv/bin/lint-imports

migrations: dev ## look for changes of models without a migration
	@$(RUN) migrations $(NOWHERE) $(PY) manage.py makemigrations --check --dry-run

schema: dev
	@$(RUN) schema $(NOWHERE) $(PY) manage.py spectacular --validate --fail-on-warn \
		--file build/openapi.yaml

deploy: dev
	@$(RUN) deploy $(OPEN_INTERNET) $(PY) manage.py check --deploy --fail-level WARNING

static: dev
	@$(RUN) static $(OPEN_INTERNET) $(PY) manage.py collectstatic --noinput --clear

types: dev ## check types, as strictly as mypy can
	@$(RUN) types $(NOWHERE) $(PY) -m mypy

fix: dev ## mend what ruff can mend by itself
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

messages: dev ## gather what is to be translated, say what is not, and compile it
	@$(NOWHERE) DJANGO_SETTINGS_MODULE=ayni.settings.test $(PY) -m tests.translations

bench: dev ## measure speed beside the peers, in one run
	@.make/environment bench
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks reading
	@$(PY) -m benchmarks jobs

chaos: dev ## kill, cut off and overload it, and count what is left
	@$(PY) -m tests.chaos

LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-strip-extras

lock: dev ## pin requirements/*.in again
	@$(LOCK) requirements/base.in --output-file requirements/base.txt
	@$(LOCK) requirements/dev.in --output-file requirements/dev.txt
	@$(LOCK) requirements/bench.in --output-file requirements/bench.txt
