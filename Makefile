# `make help` lists what there is to make. PYTHON chooses the Python of the environment: make PYTHON=python3.12 test
PAPER = cambridgeshire/lac-strategy-progress
MONTH = 2016-05
WORKERS = 2
export PYTHON

.PHONY: help paper test bench docs lock clean

help: ## This list
	@sed -n 's/^\([a-z]*\):.* ## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 8

paper: ## The Cambridgeshire paper as a PDF in outputs/, set up from nothing; the last line is its path
	@bash scripts/setup.sh paper
	@.venv/bin/reportgen build $(PAPER) --month $(MONTH)

test: ## All checks: ruff, mypy and the test suite, set up from nothing
	@bash scripts/setup.sh test
	.venv/bin/python -m ruff check .
	.venv/bin/python -m mypy
	.venv/bin/python -m pytest -n $(WORKERS)

bench: ## How long reportgen takes for the Cambridgeshire paper, a large archive, and returns of 100,000 children
	@bash scripts/setup.sh paper
	@.venv/bin/python benchmarks/bench.py $(PAPER) --month $(MONTH)
	@.venv/bin/python benchmarks/archive.py
	@.venv/bin/python benchmarks/histories.py

docs: ## docs/datasets.md anew, from the datasets
	@bash scripts/setup.sh paper
	@.venv/bin/python scripts/datasets_doc.py

lock: ## The pinned requirements, from pyproject.toml; scripts/relock.sh --upgrade moves all pins
	@bash scripts/setup.sh paper
	@bash scripts/relock.sh

clean: ## Nothing left of the environment and the caches; outputs/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
