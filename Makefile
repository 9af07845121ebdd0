# Every target does its own set-up, in .venv, the first time; after that it starts at once.
#   make run     play the February 2022 scenario and print the answer
#   make test    run the tests
# PYTHON=python3.12 make …    to use a certain Python (3.11 or newer)

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; done)
BIN := .venv/bin
SCENARIO ?= scenarios/feb2022.yaml

.DEFAULT_GOAL := run
.PHONY: run test lint format types layers docs docs-check coverage bench soak mutation check clean

run: .venv/run.stamp
	@$(BIN)/python -m sim run $(SCENARIO)

test: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/dev.stamp
	@$(BIN)/ruff check && $(BIN)/ruff format --check

format: .venv/dev.stamp
	@$(BIN)/ruff check --fix && $(BIN)/ruff format

types: .venv/dev.stamp
	@$(BIN)/mypy

layers: .venv/dev.stamp
	@$(BIN)/lint-imports --no-cache

docs: .venv/dev.stamp
	@$(BIN)/python -m docs.generate && $(BIN)/python -m pytest tests/docs --rewrite

docs-check: .venv/dev.stamp
	@$(BIN)/python -m docs.generate --check

coverage: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist worksteal --cov

bench: .venv/dev.stamp
	@$(BIN)/python -m tests.bench

# The long form of what the tests try in short: every law and fuzz on twenty-five times the examples, new ones each time; every fault.
soak: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist worksteal --hypothesis-profile=soak --long --ignore tests/cli --ignore tests/docs

mutation: .venv/mutation.stamp
	@$(BIN)/python -m tests.mutation

check: lint types layers docs-check coverage

clean:
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and none is on the path. Install one, or say where it is:" \
		"make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu:" \
		"sudo apt install python3-venv; elsewhere, install Python's venv and ensurepip modules." >&2; exit 1; }
	@echo "Setting up in .venv with $$($(PYTHON) --version) (once)" >&2
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }

.venv/run.stamp: .venv/bin/python pyproject.toml requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements-dev.lock --editable .
	@touch $@

.venv/mutation.stamp: .venv/dev.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements-dev.lock --editable '.[mutation]'
	@touch $@

.venv/dev.stamp: .venv/run.stamp
	@echo "Installing the development tools (once)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	@touch $@
