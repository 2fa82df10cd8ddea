# SPDX-License-Identifier: GPL-3.0-only
# Two commands on a fresh machine: `make run` opens the demo, `make test` installs everything and runs every check.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: run test check lint types contracts workflows pytest screenshots bench soak fuzz install package clean

run: install
	$(BIN)/mtleak-gui --demo

test: install check

check: lint types contracts pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

contracts: install
	$(BIN)/lint-imports

workflows: install
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

pytest:
	$(BIN)/python -m pytest

screenshots: install
	$(BIN)/python -m tests.screenshots

bench: install
	$(BIN)/python -m tests.benchmarks --json bench.json

# Hours of kills, full disks, floods and a day without a stop; `make test` has the short forms.
soak: install
	$(BIN)/python -m tests.endurance --json soak.json

# Each of the eight targets for half an hour.
fuzz: install
	$(BIN)/python -m pip install --quiet --editable ".[fuzz]"
	$(BIN)/python -m tests.fuzz --json fuzz.json

# The files of a release for this system, in build/package/release, from an environment of their own; then tried out.
PACKAGE := build/package
package:
	sh packaging/linux/prepare-build.sh $(PYTHON)
	rm -rf $(PACKAGE)
	$(PYTHON) -m venv $(PACKAGE)/venv
	$(PACKAGE)/venv/bin/python -m pip install --quiet --upgrade pip
	$(PACKAGE)/venv/bin/python -m pip install --quiet ".[package]"
	PYTHONPATH=packaging $(PACKAGE)/venv/bin/python -P -m mtleak_packaging
	$(PACKAGE)/venv/bin/python packaging/smoke_test.py $(PACKAGE)/dist/mtleak-gui/mtleak-gui

install: $(INSTALLED)

$(INSTALLED): pyproject.toml tests/peer-requirements.txt packaging/linux/prepare-debian.sh
	sh packaging/linux/prepare-debian.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	$(BIN)/python -m pip install --quiet --no-deps --requirement tests/peer-requirements.txt
	touch $(INSTALLED)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
