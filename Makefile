# What a person types here; `make` alone lists it. Without make, the same commands work by hand (CONTRIBUTING.md).

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# With -j too, the environment comes before the build and the build before the tests.
.NOTPARALLEL:
# Progress is seen as it happens, also through a pipe.
export PYTHONUNBUFFERED := 1

# The first Python here that is new enough; `make PYTHON=/another/python` overrides it.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(or $(shell for p in $(PYTHONS); do $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done),python3)
VENV := .venv
RUN := $(VENV)/bin/python
SITE := $(RUN) -m fallline_site
PIP := $(RUN) -m pip --disable-pip-version-check install --no-deps
# PyPI's Node, where the machine has none that will do: nothing lies there otherwise.
NODE := $(VENV)/node
export PATH := $(abspath $(NODE)):$(PATH)

# Shell code: end with a message; the version of a program, or "none".
stop = { echo "$(1)" >&2; exit 1; }
version = $$("$(1)" --version 2>/dev/null || echo none)

.PHONY: help
help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

.PHONY: serve
serve: env node ## Build the site and serve it on this machine; Ctrl-C ends it
	@$(SITE) serve

.PHONY: test
test: env node chromium build lint ## Build the site, lint, and run every test
	npm --prefix site run --silent check
	$(RUN) -m pytest
	@echo "The proofs that take minutes are not among these: make test-slow runs them"

.PHONY: test-slow
test-slow: env node chromium engines build ## Run the proofs that take minutes, in Firefox and WebKit too
	$(RUN) -m pytest -m slow

.PHONY: build
build: env node ## Build the site into site/dist/web
	@$(SITE) build

.PHONY: check
check: env node ## Check the built site: no foreign address, sizes, every page
	@$(SITE) check

# Loads of each page; make bench-start ROUNDS=3 AT=full is a quick look.
ROUNDS := 9
AT := full 20 5

.PHONY: bench-start
bench-start: build chromium ## Measure how soon the site starts, beside a plain start; ROUNDS=9 loads of each
	$(RUN) -m tests.bench.start --rounds $(ROUNDS) --at $(AT)

# One thread: libraries that share a gradient among cores would be compared by how many they find.
bench: export OPENBLAS_NUM_THREADS := 1
bench: export OMP_NUM_THREADS := 1

.PHONY: bench
bench: build chromium ## Measure the library beside its peers: gradients, automatic steps, networks, training, in Pyodide and on a page
	$(RUN) -m tests.bench.overhead
	$(RUN) -m tests.bench.automatic
	$(RUN) -m tests.bench.networks
	$(RUN) -m tests.bench.training
	$(RUN) -m tests.bench.learning
	$(RUN) -m tests.bench.imports
	node tests/bench/in_pyodide.mjs
	$(RUN) -m tests.bench.pages

.PHONY: bench-pages
bench-pages: build chromium ## Measure how soon a page shows what one asks of it, and how smoothly it plays
	$(RUN) -m tests.bench.pages

.PHONY: lint
lint: env ## Check the style and types of the Python, change nothing
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m repo_review --show err .

# The versions that the browser gets; what is tested natively must be the same.
PINS := import json; files = json.load(open("site/runtime.lock.json"))["files"]; \
    print(*sorted({file["package"] + "==" + file["version"] for file in files}), sep="\n")

.PHONY: lock
lock: env ## Rewrite requirements.txt from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	@echo "Locking every development package"
	@$(RUN) -c '$(PINS)' >$(VENV)/pins.txt
	@$(RUN) -m uv pip compile pyproject.toml --extra app --group dev --constraint $(VENV)/pins.txt \
	    --output-file requirements.txt --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --no-annotate --custom-compile-command "make lock" $(UPGRADE) >/dev/null
	@$(RUN) -m uv pip compile --group node --output-file requirements-node.txt --universal --python-version 3.11 \
	    --generate-hashes --no-annotate --custom-compile-command "make lock" $(UPGRADE) >/dev/null

.PHONY: relock
relock: env ## Rewrite site/runtime.lock.json for VERSIONS="--panel 1.9.4 ...", then as lock
	@$(SITE) relock $(VERSIONS)
	@$(MAKE) --no-print-directory lock

.PHONY: clean
clean: ## Remove all that was made or downloaded
	rm -rf $(VENV) site/dist site/node_modules site/.cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

.PHONY: env
env: $(VENV)/.ready

# The stamp is written last: an environment that was interrupted is made again.
$(VENV)/.ready: requirements.txt pyproject.toml
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || $(call stop,Python 3.11 or later is needed; got $(call version,$(PYTHON)). \
	    Install it or name one: make PYTHON=/path/to/python3.11)
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || $(call stop,$(PYTHON) cannot make environments. \
	    On Debian: apt-get install python3-venv)
	@echo "Making $(VENV) with $(call version,$(PYTHON))"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@echo "Installing requirements.txt (about 220 MB the first time)"
	@$(PIP) --no-compile --progress-bar off --require-hashes -r requirements.txt \
	    | sed -unE 's/^ *(Downloading|Using cached|Processing) (.*\/)?([^-]+-[^-]+)-\S+\.whl( \(.*B\))?.*/  \3\4/p'
	@$(PIP) --quiet --no-build-isolation --editable .
	@touch $@

.PHONY: node
node: env
	@node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null && npm --version >/dev/null 2>&1 \
	    || { echo "Node 20 or later with npm is needed; got node $(call version,node) and npm $(call version,npm):" \
	    "installing PyPI's (about 60 MB the first time)" \
	    && $(PIP) --quiet --progress-bar off --require-hashes -r requirements-node.txt \
	    && mkdir -p $(NODE) && ln -sf ../bin/node ../bin/npm ../bin/npx $(NODE); } \
	    || $(call stop,PyPI has no Node for this machine. On Debian: apt-get install nodejs npm)

.PHONY: chromium
chromium:
	@tests/e2e/install-chromium

.PHONY: engines
engines:
	@tests/e2e/install-engines
