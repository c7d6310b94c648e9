# `make test` runs every gate, `make demo` shows the product; both install what they need into $(VENV) first.
# Only Python 3.11 or newer, git and a package index are needed.

VENV ?= .venv
BIN := $(VENV)/bin
LINK := .cache/collections/ansible_collections/genesys/cloud
# A caller's own Ansible, or its settings, must not decide what the gates find.
export ANSIBLE_CONFIG := $(CURDIR)/ansible.cfg
export PATH := $(abspath $(BIN)):$(PATH)

# Some tools leave caches and logs in HOME.
AT_HOME = mkdir -p .cache/home && HOME="$(CURDIR)/.cache/home"

# The order in which `make test` starts them, two at a time: the longest first.
GATES := integration sanity unit molecule ansible-lint docs types lint changelog

.PHONY: help install test demo fleet bench build format clean $(GATES)

help:
	@echo "make install       tools and libraries into $(VENV), pinned in requirements-dev.txt"
	@echo "make demo          three orgs on a simulator: dry run, converge, drift, repair, rollback"
	@echo "make test          every gate: $(GATES)"
	@echo "make GATE          one of them"
	@echo "make fleet         one rollout over 50 orgs on a simulator; make test has it with 6"
	@echo "make bench         what it costs, against bare httpx and uri tasks; BENCH='--only org' a part of it"
	@echo "make format        what ruff can put right by itself"
	@echo "make build         the collection as an archive in .cache/dist"
	@echo "make clean         removes $(VENV), .cache and what tools left behind"
	@echo "PYTHON=python3.12  chooses the interpreter for $(VENV), VENV=.venv-3.12 another folder"

install: $(VENV)/installed $(LINK)

$(VENV)/installed: requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || { python=$$(PYTHON='$(PYTHON)' sh tests/find_python.sh) \
	  && echo "==> Creating $(VENV) with $$("$$python" --version)" && "$$python" -m venv $(VENV); }
	@echo "==> Installing requirements-dev.txt into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Ansible and the tests see this checkout under the collection's real name.
$(LINK):
	@mkdir -p $(@D) && ln -sfn ../../../.. $@

test: install
	@$(BIN)/python tests/run_gates.py $(GATES)

demo: install
	@$(BIN)/python tests/demo/run.py

unit: install
	@$(BIN)/python -m pytest -n 4 --dist worksteal tests/unit

integration: install
	@$(BIN)/python -m pytest -n 3 --dist worksteal tests/integration

fleet: install
	@FLEET_ORGS=50 $(BIN)/python -m pytest tests/integration/test_fleet.py -k fleet_converges --durations=1

# Takes three quarters of an hour, most of it for what is compared; nothing else should run meanwhile.
bench: install
	@$(BIN)/python tests/benchmarks/run.py $(BENCH)

molecule: install
	@$(AT_HOME) $(BIN)/molecule test --all

sanity: install
	@$(BIN)/python tests/run_sanity.py

lint: install
	@$(BIN)/python -m ruff check . && $(BIN)/python -m ruff format --check .

types: install
	@$(BIN)/python -m mypy

ansible-lint: install
	@$(AT_HOME) $(BIN)/python -m ansiblelint --strict -q

docs: install
	@$(AT_HOME) $(BIN)/antsibull-docs lint-collection-docs --plugin-docs --disallow-unknown-collection-refs .

changelog: install
	@$(AT_HOME) $(BIN)/python -m antsibull_changelog lint

format: install
	@$(BIN)/python -m ruff check --fix . ; $(BIN)/python -m ruff format .

build: install
	@$(BIN)/ansible-galaxy collection build --force --output-path .cache/dist .

clean:
	rm -rf $(VENV) .cache .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
