# `make help` lists what there is to make. PYTHON chooses the Python of the environment: make PYTHON=python3.12 test
PAPER = cambridgeshire/lac-strategy-progress
MONTH = 2016-05
WORKERS = 2
MINUTES = 10
export PYTHON
# The suite starts hundreds of processes: they need not compile the same modules each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help paper test bench fuzz docs lock clean

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

bench: ## How long reportgen takes for the Cambridgeshire paper, a large archive, returns of 100,000 children, a projection
	@bash scripts/setup.sh paper
	@.venv/bin/python benchmarks/bench.py $(PAPER) --month $(MONTH)
	@.venv/bin/python benchmarks/archive.py
	@.venv/bin/python benchmarks/protection.py
	@.venv/bin/python benchmarks/histories.py
	@.venv/bin/python benchmarks/projection.py

fuzz: ## Mutated workbooks and CSV files for MINUTES (10): nothing but problems with their places may come of them
	@bash scripts/setup.sh test
	@.venv/bin/python -m tests.fuzz --minutes $(MINUTES)

docs: ## docs/datasets.md anew, from the datasets
	@bash scripts/setup.sh paper
	@.venv/bin/python scripts/datasets_doc.py

lock: ## The pinned requirements, from pyproject.toml; scripts/relock.sh --upgrade moves all pins
	@bash scripts/setup.sh paper
	@bash scripts/relock.sh

clean: ## Nothing left of the environment and the caches; outputs/ stays
	rm -rf .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
