# Shokai: `make run` sets everything up and serves, `make test` sets everything up and runs every check.
# What is installed stands in the two hashed locks; a second `make` finds its stamps and installs nothing.

PYTHON ?= python3
PORT ?= 8000
# Some shells set HOST to the machine's name, so it is taken from make's command line only.
HOST = 127.0.0.1
DATABASE = var/shokai.db
# For `make lock`: UPGRADE=--upgrade takes the newest versions that setup.cfg allows.
UPGRADE ?=
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check
# Cut out of `make test` by these names, run by `make soak` and `make bench`.
SLOW := soak or bench

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-test debian-packages run test lint soak bench lock translations format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  PORT=$(PORT) HOST=$(HOST) DATABASE=$(DATABASE) PYTHON=$(PYTHON) can be set, as in: make run PORT=8080"

setup: $(STAMPS)/package ## Make .venv and install what the application needs

setup-test: $(STAMPS)/package $(STAMPS)/test ## Make .venv and install what the tests need as well

debian-packages: ## Install Chromium, LibreOffice, fonts and poppler (root on Debian; elsewhere names them)
	@bash tools/debian_packages.sh

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Shokai needs Python 3.11 or newer. Name one that you have: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV) || { \
	  echo "No virtual environment could be made. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements.txt | $(STAMPS)/venv
	@echo "Installing from requirements.txt"
	@$(PIP_INSTALL) --require-hashes -r requirements.txt
	@touch $@

$(STAMPS)/test: requirements-test.txt $(STAMPS)/runtime
	@echo "Installing from requirements-test.txt"
	@$(PIP_INSTALL) --require-hashes -r requirements-test.txt
	@touch $@

# Editable, built with the setuptools of the lock: nothing is fetched that has no hash.
$(STAMPS)/package: setup.cfg pyproject.toml $(STAMPS)/runtime
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip --disable-pip-version-check check >/dev/null || { \
	  $(BIN)/python -m pip check; echo "The locks do not fit setup.cfg: run make lock" >&2; exit 1; }
	@touch $@

run: export SHOKAI_DATABASE = $(DATABASE)
run: setup ## Set everything up and serve a sample inquiry on http://127.0.0.1:8000
	@mkdir -p $(dir $(DATABASE))
	@$(BIN)/shokai demo
	@$(BIN)/shokai serve --host $(HOST) --port $(PORT)

lint: setup-test ## Style, types and floors only
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: setup-test debian-packages lint ## Set everything up and run every check and test
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not ($(SLOW))"

soak: setup-test debian-packages ## Long runs under load
	@$(BIN)/python -m pytest -m soak --timeout 3600

bench: setup-test ## Measure speed and memory
	@$(BIN)/python -m bench

LOCK := .lock-venv/bin/uv pip compile setup.cfg --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-config --quiet --custom-compile-command 'make lock' $(UPGRADE) --extra build --extra data

lock: ## Write both locks anew from setup.cfg (UPGRADE=--upgrade for the newest versions)
	@[ -x .lock-venv/bin/uv ] || $(PYTHON) -m venv .lock-venv
	@.lock-venv/bin/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION)
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --extra test --constraint requirements.txt --output-file requirements-test.txt

CATALOGUE := survey_app/translations
BABEL := $(BIN)/pybabel

translations: setup ## Bring the English catalogue up to date with the words of the screens, and compile it
	@mkdir -p $(CATALOGUE)/en/LC_MESSAGES
	@$(BABEL) --quiet extract --mapping babel.cfg --keyword N_ --keyword lazy_gettext --no-location --sort-output \
	  --no-wrap --project Shokai --output-file $(CATALOGUE)/messages.pot .
	@[ -f $(CATALOGUE)/en/LC_MESSAGES/messages.po ] || \
	  $(BABEL) --quiet init --locale en --input-file $(CATALOGUE)/messages.pot --output-dir $(CATALOGUE) --no-wrap
	@$(BABEL) --quiet update --locale en --input-file $(CATALOGUE)/messages.pot --output-dir $(CATALOGUE) \
	  --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BABEL) --quiet compile --locale en --directory $(CATALOGUE) --statistics
	@rm $(CATALOGUE)/messages.pot

format: setup-test ## Put the code into its format and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

clean: ## Remove all that was made, but not the databases in var/
	rm -rf $(VENV) .lock-venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
