# Everything a developer or a first user runs. `make` alone lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Tests start hundreds of programs: modules are compiled once, whatever this machine asks for.
unexport PYTHONDONTWRITEBYTECODE
# As many of them run at once as there are processors; a second thread of one would only wait.
test test-all lowest: export OPENBLAS_NUM_THREADS := 1
test test-all lowest: export OMP_NUM_THREADS := 1
.PHONY: help setup run sample test test-all approve mutations explore lowest check component lock sbom wheel audit attack bench judge waits endurance words screens clean

# The newest supported Python that has what `venv` needs; override with PYTHON=...
CANDIDATES := python3.14 python3.13 python3.12 python3.11 python3
PYTHON ?= $(shell for p in $(CANDIDATES); do \
  command -v $$p >/dev/null 2>&1 && \
  $$p -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
    2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
PY := $(VENV)/bin/python
LOWEST := .venv-lowest
BESIDE := .venv-peers
TOOLS := .venv-tools
LOCKED := requirements
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
STORE := $(or $(ATLAS_STORE),data/store)
# Releases of published sources, which `etl demo` makes in a store beside that of the members.
PUBLISHED := $(or $(ATLAS_PUBLISHED),$(dir $(STORE))published/releases)

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(PY):
	@if [ -z "$(PYTHON)" ]; then \
	  if command -v python3 >/dev/null 2>&1 && \
	     python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'; then \
	    echo 'Python is here but cannot make an environment. On Debian or Ubuntu run:'; \
	    echo '  apt install python3-venv'; \
	  else echo 'Situation Atlas needs Python 3.11, 3.12, 3.13 or 3.14.'; fi; exit 1; fi
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

# What `make lock` wrote and nothing else, file by file by its hash, whatever the day. Compiled now as
# pip does, or each start of a command would do it where Python may not write beside what it reads.
PIP_LOCKED := -m pip install --quiet --disable-pip-version-check --require-hashes -r
UV := VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip
define install
	@echo 'Installing packages (once)'
	@$(PY) $(PIP_LOCKED) $(LOCKED)/install.txt
	@$(UV) install --quiet --compile-bytecode --require-hashes -r $(LOCKED)/$(1).txt
	@$(UV) install --quiet --no-deps --no-build-isolation -e .
endef

$(VENV)/.run: pyproject.toml $(LOCKED)/run.txt $(LOCKED)/install.txt | $(PY)
	$(call install,run)
	@touch $@

$(VENV)/.dev: pyproject.toml $(LOCKED)/dev.txt $(LOCKED)/install.txt | $(PY)
	$(call install,dev)
	@touch $@ $(VENV)/.run

# One file for every Python and system that is supported; the lines of others have markers. What
# runs has the versions that tests run with. Versions stay unless a file of ours no longer allows them.
# Who keeps them fresh repeats the command that stands in each file, so options are written with =.
COMPILE = $(UV) compile --quiet --universal --python-version=3.11 --generate-hashes --no-emit-index-url \
  $(if $(UPGRADE),--upgrade)
lock: $(VENV)/.dev ## choose versions where pyproject.toml changed (UPGRADE=1: the newest of all), write requirements
	@$(COMPILE) --output-file=$(LOCKED)/install.txt $(LOCKED)/install.in
	@$(COMPILE) --constraint=$(LOCKED)/install.txt --extra=dev --extra=geography \
	  --output-file=$(LOCKED)/dev.txt pyproject.toml
	@$(COMPILE) --constraint=$(LOCKED)/dev.txt --extra=oidc --extra=report \
	  --output-file=$(LOCKED)/run.txt pyproject.toml
	@$(COMPILE) --output-file=$(LOCKED)/tools.txt $(LOCKED)/tools.in

$(TOOLS)/.made: $(LOCKED)/tools.txt | $(PY)
	@$(PY) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python $(PIP_LOCKED) $<
	@touch $@

wheel: sbom ## the wheel of this version, and what it is made of, in dist
	@$(PY) -m hatchling build -t wheel

# Of an environment with what is locked and nothing else, so it names licences and who needs whom.
sbom: $(VENV)/.dev $(TOOLS)/.made ## what this version is made of, as CycloneDX in dist
	@$(PY) -m venv --clear --without-pip $(TOOLS)/run
	@VIRTUAL_ENV=$(TOOLS)/run $(VENV)/bin/uv pip install --quiet --require-hashes -r $(LOCKED)/run.txt
	@mkdir -p dist
	@$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  -o dist/situation-atlas-$(VERSION).cdx.json $(TOOLS)/run

setup: $(VENV)/.dev ## make .venv with everything for development

$(STORE)/releases/current: | $(VENV)/.run
	@$(PY) -m etl demo

sample: $(STORE)/releases/current ## load the invented files and publish a release of them

run: $(VENV)/.run $(STORE)/releases/current ## set up, load sample data, serve http://127.0.0.1:8050
	@ATLAS_PUBLISHED='$(PUBLISHED)' $(PY) app.py

# File by file, in the order of tests/conftest.py: xdist alone would leave slow files with few tests
# to the end.
SHARED := -n auto --dist loadfile --no-loadscope-reorder

# Programs first: Python's own part for environments may be among what is missing.
define programs
	@$(or $(PYTHON),python3) tests/support/programs.py $(1)
	@$(MAKE) --silent $(VENV)/.dev
endef

test: ## set up and run the tests chosen by risk: about eight minutes on two cores
	$(call programs)
	@HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-few} $(PY) -m pytest $(SHARED) -m 'not rest'

approve: $(VENV)/.dev ## write anew what everybody gets (tests/contract/approved/approved.json)
	@$(PY) -m tests.contract.approved

test-all: ## set up and run all other tests (tests/halves.py)
	$(call programs,--all)
	@$(PY) -m pytest $(SHARED) -m rest

mutations: $(VENV)/.dev ## break the product in sixty places, say which of them `make test` notices (KEPT=file: go on; ROUNDS=2: the nearest tests)
	@$(PY) -m tests.mutations $(if $(SEED),--seed $(SEED)) $(if $(NUMBER),--number $(NUMBER)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEPT),--kept $(KEPT))

explore: ROUNDS ?= 10
explore: $(VENV)/.dev ## every property with examples that no run drew before, in rounds of about two minutes (ROUNDS=10)
	@for round in $$(seq $(ROUNDS)); do \
	  HYPOTHESIS_PROFILE=explore $(PY) -m pytest $(SHARED) -m hypothesis tests || exit 1; done

# The lowest versions that pyproject allows, of what it names itself, on the oldest Python.
$(LOWEST)/.made: pyproject.toml | $(VENV)/.dev
	@echo 'Making $(LOWEST) with Python 3.11 and the lowest versions'
	@[ -x $(VENV)/bin/uv ] || { echo 'The lowest versions are chosen by uv, which is not in $(VENV).'; exit 1; }
	@$(VENV)/bin/uv venv --quiet --clear --seed --python 3.11 $(LOWEST)
	@VIRTUAL_ENV=$(LOWEST) $(VENV)/bin/uv pip install --quiet --resolution lowest-direct -e '.[dev,report]'
	@touch $@

# Contracts about the repository itself and about words hold with any version alike; those that
# publish or look at hundreds of views would take as long again.
ANY_VERSION := repository imports vendor assets container wheel codes languages words \
  another_country country halves one_writer \
  protection_constants story null_changes one_number no_contradiction matrix referral_totals
OF_ALL := tests/unit/etl/read tests/unit/etl/intake tests/unit/dashboard tests/contract
# What meets packages of others most: it reads, publishes, starts, signs in, writes files.
OF_MOST := tests/unit/etl/read tests/contract \
  $(addprefix tests/unit/dashboard/,access analyst components exports figures release security test_*.py)
# Of the contracts those that ask hundreds of views or publish: no package decides them.
OF_TABLES := access asked doctests explored files hostile_labels invented_stories kept new_exhibit \
  published_cases release shares starts wire
lowest: $(LOWEST)/.made ## with the lowest versions on Python 3.11: reading, intake, dashboard, contracts (QUICK=1: what meets packages most)
	@HYPOTHESIS_PROFILE=few $(LOWEST)/bin/python -m pytest $(SHARED) \
	  $(patsubst %,--ignore=tests/contract/test_%.py,$(ANY_VERSION) $(if $(QUICK),$(OF_TABLES))) \
	  $(if $(QUICK),-m 'not rest' $(OF_MOST),$(OF_ALL))

# What lints scripts and style sheets, and builds the map; nothing of it reaches a browser.
node_modules/.dev: package.json .npmrc
	@if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then \
	  echo 'Scripts and style sheets are checked by tools that need Node.js and npm. On Debian or Ubuntu run:'; \
	  echo '  apt install nodejs npm'; exit 1; fi
	@echo 'Installing what checks and builds scripts (once)'
	@npm install --silent
	@touch $@

component: $(VENV)/.dev node_modules/.dev ## build src/atlas_map from its source
	@$(PY) tests/support/component.py

check: $(VENV)/.dev node_modules/.dev ## lint, format, types, what is generated and built
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m bandit --quiet --configfile pyproject.toml --recursive app.py src etl tools
	@$(PY) -m pyright
	@npm run --silent lint
	@$(PY) -m etl dictionary --check
	@$(PY) tests/support/component.py --check
	@$(PY) -m pytest tests/contract/test_imports.py

# Asks a public list of known faults for each installed package. A package that cannot be looked up,
# or a list that does not answer, is a failure: no answer is not "no fault".
audit: $(VENV)/.dev $(TOOLS)/.made ## known faults of the installed packages; needs the network, fails without it
	@$(PY) -m pip --disable-pip-version-check list --exclude-editable --format freeze > $(TOOLS)/installed.txt
	@$(TOOLS)/bin/python tests/support/audit.py $(TOOLS)/installed.txt

attack: $(VENV)/.dev ## attack invented releases for hours, write docs/protection-report.md (KEPT=file: go on)
	@$(PY) -m tests.attack $(if $(SEEDS),--seeds $(SEEDS)) $(if $(KEPT),--kept $(KEPT))

# What the product is measured beside shares no package with it.
$(BESIDE)/.made: tests/bench/peers/requirements.txt | $(VENV)/.dev
	@echo 'Making $(BESIDE) with plain Dash and Streamlit'
	@$(PY) -m venv --clear $(BESIDE)
	@$(BESIDE)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench: $(VENV)/.dev $(if $(PEERS),$(BESIDE)/.made) ## measure budgets, write docs/benchmarks.md (FULL=1: a million people; PEERS=1: Dash, Streamlit)
	@$(PY) -m tests.bench $(if $(FULL),--full) $(if $(PEERS),--peers)

judge: $(VENV)/.dev ## false words, ranges and power on invented registers, write docs/judge-report.md (ROUNDS=30; KEPT=folder: go on)
	@$(PY) -m tests.bench.judge $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEPT),--kept $(KEPT)) $(if $(MINUTES),--minutes $(MINUTES))

waits: $(VENV)/.dev ## whether the time to a service is inside its interval, write docs/waits-report.md (KEPT=file: go on)
	@$(PY) -m tests.bench.waits $(if $(KEPT),--kept $(KEPT))

endurance: $(VENV)/.dev ## kill, fill, damage and rival, write docs/endurance.md (KEPT=file: go on)
	@$(PY) -m tests.endurance $(if $(KEPT),--kept $(KEPT))

words: $(VENV)/.dev ## measure how the words read and whether titles are true, write docs/words-report.md (half an hour; QUESTIONS=9: titles of explore alone)
	@$(PY) -m tests.words $(if $(QUESTIONS),--questions $(QUESTIONS))

screens: $(VENV)/.dev ## pictures of pages into docs/screens
	@$(PY) -m tests.browser.screens

clean: ## remove the environment and the caches, never the store
	@rm -rf $(VENV) $(LOWEST) $(BESIDE) $(TOOLS) node_modules .pytest_cache .ruff_cache .hypothesis build dist
