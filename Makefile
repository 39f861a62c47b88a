# The only list of commands. `make check` is what CI runs.
# Without make: see README.md, “Where make or venv is missing”.

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-all run check test test-fast format lint types docs definitions migrate demo release lock
SHELL := /bin/sh

BIN := .venv/bin
TREES := src tests benchmarks verifier
PYTEST_ARGS ?=

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

setup:           ## install what is needed to run 明镜 into .venv (safe to repeat)
	@sh requirements/install.sh runtime

setup-dev:       ## install what is needed to change and test it
	@sh requirements/install.sh dev

setup-all:       ## and everything optional as well: Spark, LDAP (CI tests with it)
	@sh requirements/install.sh all

run: setup       ## a demo court on this machine; prints its address and logins
	@exec $(BIN)/mingjing serve --demo

test: setup-dev  ## all tests (SQLite, or the database DATABASE_URL names)
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

test-fast: setup-dev  ## domain and definitions only: no database, no Django
	$(BIN)/python -m pytest -q -p no:django -W ignore::pytest.PytestConfigWarning tests/domain tests/definitions $(PYTEST_ARGS)

lint: setup-dev  ## style and the import contracts
	$(BIN)/ruff check $(TREES)
	$(BIN)/ruff format --check $(TREES)
	$(BIN)/lint-imports

types: setup-dev ## mypy --strict over src and tests
	$(BIN)/mypy src tests

check: lint types definitions test  ## everything CI checks, in its order

format: setup-dev  ## rewrite the code in the house's format
	$(BIN)/ruff check --fix-only --quiet $(TREES)
	$(BIN)/ruff format $(TREES)

docs: setup      ## write docs/reference again from the code
	$(BIN)/mingjing docs

definitions: setup  ## every institution: well formed, its examples true, no edit unnoticed
	$(BIN)/mingjing institutions check
	$(BIN)/mingjing institutions test --weak

migrate: setup   ## bring the database to this version
	$(BIN)/mingjing migrate

demo: setup      ## the demo courts in an empty database, without serving them
	$(BIN)/mingjing demo

release: check   ## the source archive that a court unpacks and runs, into dist/
	$(BIN)/mingjing docs --check
	$(BIN)/python -m hatchling build -t sdist
	@ls -l dist

lock: setup-dev  ## resolve the pinned versions again (UPGRADE=--upgrade for newer ones)
	$(BIN)/uv pip compile pyproject.toml --group build $(LOCK_FLAGS) -o requirements/runtime.txt
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements/runtime.txt $(LOCK_FLAGS) -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --all-extras --group build --group dev -c requirements/dev.txt $(LOCK_FLAGS) -o requirements/all.txt

LOCK_FLAGS = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE)
