# Every command of the project. `make` alone lists them; each prints what it does.
PORT ?= 8000
export PORT

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check
DISTRIBUTIONS := $(wildcard backend/pyproject.toml sandbox/pyproject.toml)
# What the page is built from; tests in it change nothing that is served.
PAGE := $(shell find frontend/src frontend/public -type f ! -name '*.test.ts*' 2>/dev/null) \
	$(wildcard frontend/index.html frontend/vite.config.ts frontend/tsconfig.json)

.PHONY: help setup run test check bench gallery pictures engine lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/.distributions frontend/dist/.built ## everything but the sandbox: the backend in .venv, the page in frontend/dist

run: setup ## start Netfig on http://127.0.0.1:8000 (PORT=… for another port)
	@scripts/guest
	@scripts/serve

test: setup ## every test and check; what is skipped is named, with the way to get its tool
	@scripts/guest --both
	@$(PYTHON) scripts/run_tests.py

check: setup ## format, lint, types, contracts
	@$(PYTHON) scripts/run_tests.py --checks

bench: setup ## measure; the table is written to tests/bench/README.md
	@scripts/guest
	@$(PYTHON) tests/bench/run.py

gallery: setup ## draw every program of tests/networks into .cache/gallery/index.html
	@scripts/guest
	@$(PYTHON) scripts/gallery.py

pictures: setup ## photograph the page for the README, into docs/
	@scripts/guest
	@cd frontend && npx playwright test -c ../tests/e2e/playwright.config.ts pictures --update-snapshots=all --reporter=list

engine: ## as root on Debian or Ubuntu: bring a Docker engine up and build the guest image
	@sandbox/engine.sh

lock: ## write backend/requirements.lock anew (needs uv)
	@scripts/lock

clean: ## remove what the commands above have made here, saved figures excepted
	rm -rf .venv .venv-guest .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
		frontend/node_modules frontend/dist test-results playwright-report tests/e2e/test-results

# Each stamp lies in the folder it speaks of, so that removing the folder removes the claim.
.venv/.made: scripts/python
	@scripts/python .venv
	@touch $@

.venv/.dependencies: backend/requirements.lock .venv/.made
	@echo "== backend: installing the locked dependencies into .venv"
	@$(PIP) install -q --no-deps --require-hashes -r backend/requirements.lock
	@touch $@

.venv/.distributions: $(DISTRIBUTIONS) .venv/.dependencies
	@echo "== backend: installing netfig and netfig-sandbox from this folder"
	@$(PIP) install -q --no-deps --no-build-isolation $(foreach d,$(DISTRIBUTIONS),-e ./$(dir $d))
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json frontend/package.json
	@scripts/node
	@echo "== page: installing its packages"
	@cd frontend && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/.built: $(PAGE) frontend/node_modules/.installed
	@echo "== page: building it with Vite"
	@cd frontend && npm run --silent build -- --logLevel warn
	@touch $@
