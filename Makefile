# Remit: set-up, checks and builds. `make` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AS_OF ?= 2026-05-20
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
MESSAGES := generator/locale/zh_CN/LC_MESSAGES/remit.po

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- set-up: done once, and again when a lock file or pyproject.toml changes -------------------------

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Remit wants Python 3.11 or later; say which with: make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.made requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

.PHONY: setup
setup: $(VENV)/.ready-test ## make .venv with everything that work on Remit needs

# --- the sample site --------------------------------------------------------------------------------

.PHONY: site
site: $(VENV)/.ready ## build content/ into site/, as of the sample's day
	$(BIN)/remit build content --out site --as-of $(AS_OF)

.PHONY: serve
serve: $(VENV)/.ready ## preview content/ while writing
	$(BIN)/remit serve content

.PHONY: check
check: $(VENV)/.ready ## check the records in content/
	$(BIN)/remit check content

# --- work on Remit ----------------------------------------------------------------------------------

.PHONY: test
test: lint ## lint, types and the tests
	$(BIN)/pytest -m "not long"

.PHONY: test-long
test-long: $(VENV)/.ready-test ## the heavier tests
	$(BIN)/pytest -m long --hypothesis-profile long

.PHONY: bench
bench: $(VENV)/.ready-test ## how the time grows that hard records take
	PYTHONPATH=tests $(BIN)/python tests/benchmarks/bodies.py

.PHONY: lint
lint: $(VENV)/.ready-test ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: format
format: $(VENV)/.ready-test ## let ruff mend and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: messages
messages: $(VENV)/.ready ## gather the texts to translate into generator/locale/
	@mkdir -p build
	$(BIN)/pybabel -q extract --mapping pyproject.toml --keyword N_ --add-location=file --sort-output --width 100 \
	  --project Remit --copyright-holder "Remit contributors" --output build/remit.pot .
	$(BIN)/pybabel -q update --input-file build/remit.pot --output-file $(MESSAGES) --locale zh_CN \
	  --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width 100

.PHONY: lock
lock: $(VENV)/.made ## pin the newest dependencies in requirements*.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	$(BIN)/uv pip compile $(LOCK) --extra setup --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --extra setup --extra test --constraint requirements.txt --output-file requirements-test.txt pyproject.toml

.PHONY: dist
dist: $(VENV)/.ready-test ## the wheel and the source archive, in dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation

.PHONY: clean
clean: ## remove what was built; the records and the environment stay
	rm -rf dist build .remit .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find site -mindepth 1 ! -name .gitignore -delete
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
