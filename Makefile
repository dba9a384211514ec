# Newsreader. `make run` and `make test` need only Python 3.11 or newer; everything else is installed into .venv.
# Choices are variables: make run PORT=8001, make test DATABASE_URL=postgres://... TESTS=tests/text PROFILE=deep

PYTHON ?= python3
TESTS ?=
ROWS ?=
INTO ?=
EXTRAS ?=
PROFILE ?= ordinary
WORKERS ?= 3
BIN := .venv/bin
# Whatever the environment says: tests start hundreds of processes, and pytest keeps the assertions that it has rewritten.
export PYTHONDONTWRITEBYTECODE :=
# Which tests a profile runs: what takes longest is apart, and only properties have more to try when they try deeper.
KIND_ordinary := not walk and not bench and not pages
KIND_deep := hypothesis

.PHONY: help run test test-js test-walk test-pages test-bench lint lint-js audit bench kills fuzz foreign anchors screenshots walk-through messages clean chromium gettext

help:
	@echo "make run          read at http://127.0.0.1:8000/ (HOST, PORT); EXTRAS=1: also articles from Word documents and PDF files"
	@echo "make test         the whole suite, including browser tests (DATABASE_URL, TESTS, WORKERS); PROFILE=deep: property tests with ten times the examples"
	@echo "make test-walk    every step of docs/walk-through.md in a browser, long tasks, and every URL for every reader"
	@echo "make test-pages   every page in every theme, seen by axe: contrast, sizes, names, overflow, words without a translation"
	@echo "make test-bench   every benchmark once, at a small size"
	@echo "make lint         style, templates, layers and types; scripts if node is installed"
	@echo "make audit        known vulnerabilities of the pinned packages, if the database is reachable"
	@echo "make lint-js      eslint and the TypeScript checker on static/js (node 20.19, npm)"
	@echo "make test-js      tests of static/js that need no browser (node 20.19, npm); make test runs them too"
	@echo "make bench        speed as ratios to bare views, words kept by the import (ROWS=reading for some rows; INTO=docs/speed.md)"
	@echo "make kills        an import of 2,000 files whose worker is killed twenty times, beside one that nobody disturbs (FILES, KILLS, SEED)"
	@echo "make fuzz         mutants of valid files, sent to every importer (MUTATIONS, SEED, FORMATS, NUMBER)"
	@echo "make foreign      files to other programs and back, which it installs into .tools (node, npm); KEEP=folder keeps the files"
	@echo "make anchors      how highlights survive edits, measured (EDITS, RIVALS, CASES, NEWSREADER_PAGES)"
	@echo "make screenshots  every page, three widths, three themes"
	@echo "make walk-through takes the pictures of docs/walk-through.md in a browser"
	@echo "make messages     lists every string of the interface in locale/en/LC_MESSAGES/django.po (GNU gettext)"
	@echo "make clean        removes installed packages and generated files; keeps data/"

run: .venv/runs $(if $(EXTRAS),.venv/extras)
	@exec $(BIN)/python manage.py quickstart

test: .venv/tests chromium $(if $(TESTS),,test-js)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=10 --hypothesis-profile=$(PROFILE) -m '$(KIND_$(PROFILE))' $(TESTS)

test-walk: .venv/tests chromium
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m walk

test-pages: .venv/tests chromium
	$(BIN)/pytest -n $(WORKERS) -m pages

test-bench: .venv/tests chromium
	$(BIN)/pytest -m bench

lint: .venv/tests lint-js gettext
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/djade --check --target-version 5.2 $(shell find templates -name '*.html')
	$(BIN)/pytest -q -n 0 tests/test_templates.py
	PYTHONPATH=. $(BIN)/python tests/catalogue.py --check
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

audit:
	@$(PYTHON) .ci/audit.py

bench: .venv/tests chromium
	@PYTHONPATH=.:tests $(BIN)/python -m benchmarks.run $(ROWS) $(if $(INTO),--into=$(INTO))

kills: .venv/tests
	@PYTHONPATH=.:tests $(BIN)/python -m benchmarks.killing

fuzz: .venv/tests
	@PYTHONPATH=.:tests $(BIN)/python -m fuzzing.run

foreign: .venv/tests
	@PYTHONPATH=.:tests $(BIN)/python -m foreign.run

anchors: .venv/tests
	@PYTHONPATH=.:tests $(BIN)/python -m benchmarks.anchors.run

screenshots: .venv/tests chromium
	@PYTHONPATH=.:tests $(BIN)/python -m screenshots

walk-through: .venv/tests chromium
	@PYTHONPATH=.:tests $(BIN)/python -m walk

messages: .venv/tests gettext
	@PYTHONPATH=. $(BIN)/python tests/catalogue.py

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

.venv/extras: .venv/runs requirements-extras.txt
	@echo "Installing what reads Word documents and PDF files ..."
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt -r requirements-extras.txt
	@touch $@

.venv/tests: .venv/extras tests/requirements.txt
	@echo "Installing what its tests need ..."
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt -r requirements-extras.txt -r tests/requirements.txt
	@touch $@

chromium: .venv/tests
	@$(BIN)/python tests/chromium.py

# On Debian, root may install what lists the strings; elsewhere tests/catalogue.py says what is missing.
gettext:
	@command -v xgettext >/dev/null || ! command -v apt-get >/dev/null || test "$$(id -u)" != 0 || \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install gettext; }

# Scripts are checked and tested where node and npm are found; the site needs neither. No lock file: versions are exact in package.json.
HAS_NODE = command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'

lint-js test-js:
	@if $(HAS_NODE); then \
		test node_modules/.installed -nt package.json || { \
			echo "Installing what checks and tests the scripts into node_modules ..."; \
			npm install --no-package-lock --no-audit --no-fund --silent && touch node_modules/.installed; \
		} && npm run --silent $(@:-js=); \
	else echo "$@: left out, since node 20.19 or newer and npm are not found."; fi
