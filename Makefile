# make briefing   set up, read the sample plans (or yours in data/raw), leave reports/index.html
# make test       set up, run the tests
# make ocr        add the reading of scans
# make lab        set up, open JupyterLab on the notebooks
VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
ARGS   ?=

.PHONY: briefing test ocr lab bench lint format pins clean help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

# uv asks the system's certificates, as pip does, so that both work behind a proxy.
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# One marker a set of pins: an existing environment is brought up to date, not built anew.
# uv is many times faster; where it cannot be had or fails, pip does the same.
$(VENV)/ready-%: requirements/%.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) from $<"
	@$(BIN)/python -m pip install --quiet uv || true
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python -r $< || $(BIN)/python -m pip install --quiet -r $<
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

briefing: $(VENV)/ready-core
	$(BIN)/plans briefing $(ARGS)

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest $(ARGS)

ocr: $(VENV)/ready-core
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python -c requirements/dev.txt rapidocr onnxruntime || $(BIN)/python -m pip install --quiet -c requirements/dev.txt rapidocr onnxruntime

lab: $(VENV)/ready-core
	$(BIN)/plans lab $(ARGS)

# Several benchmarks read frames: those in data/processed, the sample's where there are none.
bench: $(VENV)/ready-dev
	@test -f data/processed/plans.parquet || $(BIN)/plans ingest
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

lint: $(VENV)/ready-dev
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy

format: $(VENV)/ready-dev
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

# Writes the pinned versions anew: plain name==version, for every system and Python from 3.11 on.
pins: $(VENV)/ready-dev
	$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --no-annotate --no-header --upgrade pyproject.toml -o requirements/core.txt
	$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --no-annotate --no-header --constraint requirements/core.txt --extra dev --extra ocr --extra lab pyproject.toml -o requirements/dev.txt

# What the suite made; your plans and the environment stay (rm -rf .venv takes that too).
clean:
	rm -rf data/processed/* data/processed/.shards reports/* .pytest_cache .mypy_cache .ruff_cache .hypothesis build
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
