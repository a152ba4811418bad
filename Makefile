# On a fresh machine with git, make and Python 3.11 or newer, `make demo` and `make test` are all that is needed.
# Every path is relative and Python modules are run with `-m`, so a clone may lie in a folder with a space in its name.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
CORE := .venv/.core
DEV := .venv/.dev

# An installed tree that was moved, or made elsewhere, is set up again where it now lies.
ifneq ($(shell cat .venv/.place 2>/dev/null),$(shell pwd -P))
$(shell rm -f $(CORE) $(DEV))
endif

.PHONY: demo evaluate test lint format types contract gates docs models pictures screenshots bench bench-smoke size lock ci clean help

demo: $(CORE) ## set everything up and do the whole job on the built-in fictional reviews
	@$(PY) -m goldthread demo demo

test: $(DEV) ## set everything up and run every test
	@$(PY) -m pytest -n auto $(ARGS)

lint: $(DEV) ## style and layout of the code
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

format: $(DEV) ## put the code into the agreed layout
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

types: $(DEV) ## strict types
	@$(PY) -m mypy

contract: $(DEV) ## imports point one way
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

gates: $(DEV) ## lengths, links, commands named in the documentation, and what may stand in the tree
	@$(PY) scripts/gates.py

docs: $(DEV) ## write the command reference and what the tutorial's commands print anew
	@$(PY) scripts/cli_reference.py
	@$(PY) scripts/tutorial.py --write

models: $(DEV) ## learn the shipped models anew from the labelled reports beside the project
	@$(PY) scripts/models.py $(ARGS)

pictures: $(DEV) ## take the documentation's picture anew from the demo's briefing
	@$(PY) scripts/pictures.py

evaluate: $(DEV) ## measure the suggestions against the labelled reports, beside their bars, and record the figures
	@$(PY) scripts/evaluate.py $(ARGS)

screenshots: $(DEV) ## take a picture of every screen of the workbench at three widths, into screenshots/
	@$(PY) scripts/screenshots.py $(ARGS)

bench: $(DEV) ## the bars: ours beside raw reading of the same files, in one run
	@$(PY) benchmarks/run.py $(ARGS)

bench-smoke: $(DEV) ## the benchmarks, tiny, to see that they run
	@$(PY) benchmarks/run.py --smoke

size: $(DEV) ## install as a user would and weigh it
	@$(PY) scripts/install_size.py

lock: ## compile the locks anew (needs the network)
	@sh scripts/lock.sh

ci: ## everything the gate runs
	@bash .ci/run

clean: ## remove everything that was built, the demo included
	rm -rf .venv demo bench-results screenshots build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

$(CORE): requirements/build.txt requirements/core.txt pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh core

$(DEV): requirements/dev.txt $(CORE)
	@sh scripts/setup.sh dev
