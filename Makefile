# Two commands do everything: `make report` and `make test`.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VEMAS := $(BIN)/vemas
# One set-up serves all targets; it is repeated only when what is to be installed changes.
READY := $(VENV)/.ready

.PHONY: help
help: ## List what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "vemas_analytics needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

.PHONY: setup
setup: $(READY) ## Create .venv with everything the other targets need

.PHONY: report
report: $(READY) ## Build both report sets from the data in the repository into reports/
	$(VEMAS) report data/demo --out reports/demo --lang de --lang en
	$(VEMAS) report data/public_record --out reports/public_record --lang de --lang en
	@echo "Open reports/demo/before-after.de.pdf (or .html, .xlsx) and reports/public_record/before-after.de.pdf"

.PHONY: annual
annual: $(READY) ## Build the annual review of the demo for 2022 into reports/demo/annual/
	$(VEMAS) annual data/demo --year 2022 --out reports/demo/annual --lang de --lang en

.PHONY: sample
sample: $(READY) ## Renew the sample set kept in reports/sample/
	rm -rf reports/sample
	$(VEMAS) report data/demo --out reports/sample --lang de --lang en

.PHONY: lint
lint: $(READY) ## Style, types and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: test
test: lint ## All checks: lint, then the tests with coverage
	$(BIN)/python -m pytest --numprocesses=auto --cov --cov-report=term:skip-covered

.PHONY: bench
bench: $(READY) ## Speed as ratios within one run
	$(BIN)/python tests/bench.py

.PHONY: calibrate
calibrate: $(READY) ## Re-run the calibration study (minutes) and rewrite docs/calibration.md
	$(BIN)/python -m vemas_analytics.analysis.calibration

.PHONY: notebooks
notebooks: $(READY) ## Install JupyterLab and open the notebooks
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev,notebooks]"
	$(BIN)/jupyter lab notebooks

.PHONY: clean
clean: ## Remove what was built, keep the data and the kept sample
	rm -rf $(VENV) reports/demo reports/public_record .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
