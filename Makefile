# Thin on purpose: the work is in tools/, in Python, readable on every system.
PYTHON ?= $(shell command -v python3 || command -v python)
VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: run test check bench test-full docs mlflow help

run: ## install what is missing, build, and play: http://127.0.0.1:8765
	@$(PYTHON) tools/setup.py run
	@$(VENV)/affetto serve $(ARGS)

test: ## everything a change must pass, with the time of each stage
	@$(PYTHON) tools/test.py

check: ## formatting, lint, types and import contracts only
	@$(PYTHON) tools/test.py --check

bench: ## how fast, how much memory, beside what the machine can do
	@$(PYTHON) tools/setup.py test
	@$(VENV)/python tools/bench.py $(ARGS)

test-full: ## the long tests: kills, soak, fuzzing, evenings; reports in docs/proof
	@$(PYTHON) tools/test_full.py $(ARGS)

docs: ## write the reference pages anew and check every link
	@$(PYTHON) tools/setup.py check
	@$(VENV)/python tools/docs.py

mlflow: ## look at the training runs: http://127.0.0.1:5000
	@$(PYTHON) tools/setup.py mlflow
	@mkdir -p runs
	@MLFLOW_DISABLE_TELEMETRY=true MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false $(VENV)/mlflow ui \
		--workers 1 --host 127.0.0.1 --port 5000 --backend-store-uri sqlite:///runs/mlflow.db

help: ## these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
