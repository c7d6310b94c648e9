# `make test` runs all gates, `make demo` shows the product. Both first install their requirements into $(VENV).
# They need only Python 3.11 or newer, git and a package index.

VENV ?= .venv
BIN := $(VENV)/bin
LINK := .cache/collections/ansible_collections/genesys/cloud
# The caller's Ansible and its settings must not affect the gates.
export ANSIBLE_CONFIG := $(CURDIR)/ansible.cfg
export PATH := $(abspath $(BIN)):$(PATH)
# The tests start thousands of processes, which otherwise compile the collection and the simulator anew each time.
unexport PYTHONDONTWRITEBYTECODE

# Some tools write caches and logs to HOME.
AT_HOME = mkdir -p .cache/home && HOME="$(CURDIR)/.cache/home"

# `make test` starts the gates in this order, two at a time, the longest first. Some unit tests wait for most of their
# time, so they run beside the integration tests, with more workers than processors. Each worker collects all tests,
# which takes 5 s of a processor.
GATES := integration unit sanity molecule attacks importer ansible-lint docs types lint changelog

# Older versions of ansible-core that the collection supports, always in the module lane.
CORES := 2.16.19 2.17.14 2.18.19
CORE_ENVIRONMENTS := .cache/ansible-core

# The part of the attacks that `make hostile` runs, 0 to 1.
SHARE ?= 1

.PHONY: help install test demo fleet compat pylint-tests bench hostile build format clean $(GATES)

help:
	@echo "make install       tools and libraries into $(VENV), pinned in requirements-dev.txt"
	@echo "make demo          four orgs on a simulator: dry run, converge, drift, repair, rollback"
	@echo "make test          all gates: $(GATES)"
	@echo "make GATE          one of them"
	@echo "make fleet         one rollout over 50 orgs on a simulator; make test runs it over 6"
	@echo "make compat        tests with older versions of ansible-core: $(CORES)"
	@echo "make pylint-tests  pylint on the tests; make test runs it on all other files"
	@echo "make bench         benchmark against bare httpx and uri tasks; BENCH='--only org' runs a part"
	@echo "make hostile       attacks on the collection, at most an hour; make test runs SHARE=0.02 of them"
	@echo "make format        ruff's automatic corrections"
	@echo "make build         builds an archive of the collection in .cache/dist"
	@echo "make clean         removes $(VENV), .cache and caches of tools"
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

# It takes 3 minutes.
pylint-tests: install
	@$(BIN)/python tests/run_sanity.py --test pylint tests/

# It takes 3 minutes and needs Python 3.11 or 3.12, which all these versions support.
compat: install $(CORES:%=$(CORE_ENVIRONMENTS)/%/installed)
	@ANSIBLE_CORE_ENVIRONMENTS=$(CORE_ENVIRONMENTS) $(BIN)/python -m pytest -n 2 tests/compat

$(CORE_ENVIRONMENTS)/%/installed: requirements.txt | install
	@echo "==> Installing ansible-core $* into $(@D)"
	@$(BIN)/python -m venv $(@D) && $(@D)/bin/python -m pip install --quiet --disable-pip-version-check \
	  "ansible-core==$*" -r requirements.txt
	@touch $@

# It takes 45 minutes and needs a machine without other load.
bench: install
	@$(BIN)/python tests/benchmarks/run.py $(BENCH)

# It takes up to an hour on two processors. HOSTILE='--only answers --cases 17' runs a part of it.
hostile: install
	@$(BIN)/python tests/hostile/run.py --share $(SHARE) $(HOSTILE)

attacks: install
	@$(BIN)/python tests/hostile/run.py --share 0.02

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

# The check of Ansible Galaxy for an archive that is uploaded. It writes its result into the working directory.
importer: install
	@rm -rf .cache/importer && mkdir -p .cache/importer .cache/home
	@$(BIN)/ansible-galaxy collection build --output-path .cache/importer . >/dev/null
	@cd .cache/importer && HOME="$(CURDIR)/.cache/home" python -m galaxy_importer.main genesys-cloud-*.tar.gz \
	  > importer.log 2>&1 || { cat importer.log; exit 1; }
	@! grep -E "^(WARNING|ERROR|CRITICAL)" .cache/importer/importer.log

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
