# On a fresh machine with python3 (3.11 or later), git and make, each of these does everything it needs:
#
#   make demo     assess one worked case and show the result
#   make test     the tests, then the worked cases
#   make lint     check the policies and the cases
#   make types    mypy --strict
#   make ruff     style and format
#   make check    test, lint, types and ruff
#   make bench    the benchmarks
#   make bundle   the offline folders for Windows and Linux, under build/bundle (BUNDLE=windows-x64: that one)
#   make clean    remove the environment and everything that was built

PYTHON ?= python3
DEMO_CASE ?= policies/examples/general/cases/W3b.yaml
BENCH ?= benchmarks
BUNDLE ?=

VENV := .venv
BIN := $(VENV)/bin
BASE := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
BENCHED := $(VENV)/.installed-bench
BUNDLER := $(VENV)/.installed-bundle

# Both names: newer releases of pip take the constraints of a build from the second one only.
INSTALL = PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := check
.DELETE_ON_ERROR:
.PHONY: demo test lint types ruff check bench bundle clean

demo: $(BASE)
	@$(BIN)/policyhours evaluate $(DEMO_CASE)

test: $(DEV)
	$(BIN)/python -m pytest
	$(BIN)/policyhours test

lint: $(DEV)
	$(BIN)/policyhours lint policies

types: $(DEV)
	$(BIN)/python -m mypy --strict src

ruff: $(DEV)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

check: test lint types ruff

bench: $(BENCHED)
	$(BIN)/python $(BENCH)

bundle: $(BUNDLER)
	@$(BIN)/python -m bundle $(BUNDLE)

clean:
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests bundle $(wildcard benchmarks) -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is made anew whenever what is to be in it has changed. The check comes first, so that a
# Python that can't make one leaves the old one alone.
$(BASE): pyproject.toml constraints.txt
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
		echo "找不到 $(PYTHON)。请安装 Python 3.11 或更高版本，或用 make PYTHON=… 指定。" >&2; \
		echo "$(PYTHON) was not found. Install Python 3.11 or later, or name one with make PYTHON=…" >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		found=$$("$(PYTHON)" -c 'import platform; print(platform.python_version())'); \
		echo "需要 Python 3.11 或更高版本，而 $(PYTHON) 是 $$found。请安装新版本，或用 make PYTHON=python3.11 指定。" >&2; \
		echo "Python 3.11 or later is needed, but $(PYTHON) is $$found. Install a newer one, or name it with make PYTHON=python3.11" >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) 缺少 venv 或 ensurepip，无法建立运行环境。在 Debian、Ubuntu 上请先运行：apt install python3-venv" >&2; \
		echo "$(PYTHON) lacks venv or ensurepip, so no environment can be made. On Debian and Ubuntu run first: apt install python3-venv" >&2; \
		exit 1; }
	@echo "正在准备运行环境 $(VENV) …… preparing $(VENV)"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(INSTALL) -e .
	@touch $@

$(DEV): $(BASE)
	@echo "正在安装检查工具 …… installing the tools for checks"
	@$(INSTALL) -e '.[dev]'
	@if command -v java >/dev/null 2>&1; then $(INSTALL) -e '.[spark]' || \
		echo "没有装上 Spark，有关的测试略去 · no Spark: its tests are skipped" >&2; fi
	@touch $@

$(BENCHED): $(DEV)
	@$(INSTALL) -e '.[bench]'
	@touch $@

$(BUNDLER): $(BASE)
	@$(INSTALL) hatchling packaging
	@touch $@
