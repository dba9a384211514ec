# Newsreader. `make run` and `make test` need only Python 3.11 or newer; everything else is installed into .venv.
# Choices are variables: make run PORT=8001, make test DATABASE_URL=postgres://... TESTS=tests/text PROFILE=deep

PYTHON ?= python3
TESTS ?=
ROWS ?=
PROFILE ?= ordinary
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE ?=
# Which tests a profile runs: what takes longest is apart, and only properties have more to try when they try deeper.
KIND_ordinary := not walk and not bench
KIND_deep := hypothesis

.PHONY: help run test test-js test-walk test-bench lint lint-js audit bench anchors screenshots walk-through clean chromium

help:
	@echo "make run          read at http://127.0.0.1:8000/ (HOST, PORT)"
	@echo "make test         every test, in a real browser too (DATABASE_URL, TESTS); PROFILE=deep tries properties ten times as often"
	@echo "make test-walk    docs/walk-through.md is walked in a browser"
	@echo "make test-bench   every benchmark runs once, small, and prints its row"
	@echo "make lint         style, templates, layers and types; scripts where node is found"
	@echo "make audit        whether what is installed has known vulnerabilities, where their database can be reached"
	@echo "make lint-js      what eslint and the TypeScript checker say of static/js (node 20.19, npm)"
	@echo "make test-js      the tests of static/js that need no browser (node 20.19, npm); make test runs them too"
	@echo "make bench        how fast it is, as ratios to bare views (ROWS=reading for some rows)"
	@echo "make anchors      whether highlights survive edits, counted (EDITS, RIVALS, CASES, NEWSREADER_PAGES)"
	@echo "make screenshots  every page, three widths, three papers"
	@echo "make walk-through the pictures of docs/walk-through.md, taken while walking it"
	@echo "make clean        removes what was installed and made; leaves data/ alone"

run: .venv/runs
	@exec $(BIN)/python manage.py quickstart

test: .venv/tests chromium $(if $(TESTS),,test-js)
	$(BIN)/pytest -n 2 --dist loadgroup --durations=10 --hypothesis-profile=$(PROFILE) -m '$(KIND_$(PROFILE))' $(TESTS)

test-walk: .venv/tests chromium
	$(BIN)/pytest -m walk

test-bench: .venv/tests chromium
	$(BIN)/pytest -m bench

lint: .venv/tests lint-js
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/djade --check --target-version 5.2 $(shell find templates -name '*.html')
	$(BIN)/pytest -q -n 0 tests/test_templates.py
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

audit:
	@$(PYTHON) .ci/audit.py

bench: .venv/tests chromium
	@PYTHONPATH=.:tests $(BIN)/python -m benchmarks.run $(ROWS)

anchors: .venv/tests
	@PYTHONPATH=.:tests $(BIN)/python -m benchmarks.anchors.run

screenshots: .venv/tests chromium
	@PYTHONPATH=.:tests $(BIN)/python -m screenshots

walk-through: .venv/tests chromium
	@PYTHONPATH=.:tests $(BIN)/python -m walk

clean:
	rm -rf .venv node_modules screenshots .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A file that is newer than the requirements says that they are installed.
.venv/runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Newsreader needs Python 3.11 or newer: make run PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { echo "On Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }
	@echo "Installing what Newsreader runs on into .venv ..."
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: .venv/runs tests/requirements.txt
	@echo "Installing what its tests need ..."
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt -r tests/requirements.txt
	@touch $@

chromium: .venv/tests
	@$(BIN)/python tests/chromium.py

# Scripts are checked and tested where node and npm are found; the site needs neither. No lock file: versions are exact in package.json.
HAS_NODE = command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'

lint-js test-js:
	@if $(HAS_NODE); then \
		test node_modules/.installed -nt package.json || { \
			echo "Installing what checks and tests the scripts into node_modules ..."; \
			npm install --no-package-lock --no-audit --no-fund --silent && touch node_modules/.installed; \
		} && npm run --silent $(@:-js=); \
	else echo "$@: left out, since node 20.19 or newer and npm are not found."; fi
