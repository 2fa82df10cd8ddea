# SPDX-License-Identifier: GPL-3.0-only
# Two commands on a fresh machine: `make run` opens the demo, `make test` installs everything and runs every check.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# What is downloaded is what these name, byte for byte.
LOCKS := packaging/locks

.PHONY: run test check lint types contracts workflows pytest screenshots bench soak fuzz install package lock audit clean

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
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCKS)/fuzz.txt
	$(BIN)/python -m tests.fuzz --json fuzz.json

# The files of a release for this system, in build/package/release, from an environment of their own; then tried out.
PACKAGE := build/package
package:
	sh packaging/linux/prepare-build.sh $(PYTHON)
	rm -rf $(PACKAGE)
	$(PYTHON) -m venv $(PACKAGE)/venv
	$(PACKAGE)/venv/bin/python -m pip install --quiet --require-hashes --requirement $(LOCKS)/package.txt
	$(PACKAGE)/venv/bin/python -m pip install --quiet --no-deps --no-build-isolation .
	PYTHONPATH=packaging $(PACKAGE)/venv/bin/python -P -m mtleak_packaging
	$(PACKAGE)/venv/bin/python packaging/smoke_test.py $(PACKAGE)/dist/mtleak-gui/mtleak-gui

install: $(INSTALLED)

$(INSTALLED): pyproject.toml $(LOCKS)/test.txt $(LOCKS)/peer.txt packaging/linux/prepare-debian.sh
	sh packaging/linux/prepare-debian.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCKS)/test.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --requirement $(LOCKS)/peer.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(INSTALLED)

# Newer versions of what the locks name: look at the difference, then `make test`.
TOOLS := build/tools
lock: $(TOOLS)
	sh $(LOCKS)/make_locks.sh "$(CURDIR)/$(TOOLS)/bin/uv" --upgrade

# Asks PyPI for known vulnerabilities of what the locks name; wants the network.
audit: $(TOOLS)
	for lock in $(LOCKS)/*.txt; do $(TOOLS)/bin/pip-audit --require-hashes --disable-pip --requirement $$lock || exit; done

$(TOOLS): $(LOCKS)/tools.txt
	rm -rf $(TOOLS)
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --require-hashes --requirement $(LOCKS)/tools.txt
	touch $(TOOLS)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
