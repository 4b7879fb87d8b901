# Luotsi. `make demo` to walk it, `make test` to trust it. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
SCALE ?= small
BIN := .venv/bin
LUOTSI := $(BIN)/luotsi
TESTS ?= tests
export LUOTSI_PORT := $(PORT)
JOBS ?= 2

.PHONY: help install demo run test check bench prove docs pictures messages tick stop browser static lock peers xmlsec

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: .venv/run.stamp ## make .venv with the luotsi command

demo: .venv/run.stamp ## prepare the demonstration county and serve it at http://localhost:8000/ (PORT=9000 for another port)
	@$(LUOTSI) demo --scale $(SCALE) && exec $(LUOTSI) serve --port $(PORT)

run: .venv/run.stamp ## serve what stands (after `make demo` once)
	@exec $(LUOTSI) serve --port $(PORT)

test: .venv/dev.stamp browser peers xmlsec ## every test: unit, architecture, content, rooms, gateways, analytics, journeys
	$(BIN)/ruff check luotsi tests bench
	$(BIN)/pytest -n $(JOBS) $(TESTS)

check: .venv/dev.stamp ## format, lint, types, import contract and the fast tests
	$(BIN)/ruff format --check luotsi tests bench
	$(BIN)/ruff check luotsi tests bench
	$(BIN)/mypy luotsi/base luotsi/domain luotsi/analytics
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS) tests/architecture tests/content tests/base tests/domain

bench: .venv/dev.stamp ## print the figures: set-up, pages, finder, facts, clocks, indicators, log, access, list
	@$(LUOTSI) demo
	$(BIN)/python -m bench

prove: .venv/dev.stamp ## booking under fire at full size: races, ten thousand steps, kill -9 of PostgreSQL, pages and bookers
	LUOTSI_TRIALS=200 LUOTSI_HISTORIES=100 LUOTSI_EXAMPLES=100 LUOTSI_KILLS=10 LUOTSI_EACH=1000 LUOTSI_POSTS=1000 \
	LUOTSI_WEB_KILLS=20 LUOTSI_KILLED_BOOKERS=200 $(BIN)/pytest -n0 tests/reliability/test_last_place.py \
	tests/reliability/test_booking_machine.py tests/reliability/test_killed_bookers.py tests/reliability/test_booking_crashes.py

docs: .venv/dev.stamp ## write the generated reference pages anew
	$(LUOTSI) docs

pictures: .venv/dev.stamp browser ## take the README's pictures anew, of what `make run` serves
	$(BIN)/python -m tests.pictures http://localhost:$(PORT)

messages: .venv/dev.stamp ## gather the pages' texts and compile the translations (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "make messages needs GNU gettext: apt-get install gettext"; exit 1; }
	$(LUOTSI) messages

tick: .venv/run.stamp ## once round the clocks, reactions and notices
	@$(LUOTSI) tick

stop: .venv/run.stamp ## stop the embedded PostgreSQL
	@$(LUOTSI) stop

static: .venv/run.stamp ## write the stylesheet anew from the components
	$(BIN)/python -m luotsi.ui.build

lock: .venv/dev.stamp ## pin the requirements anew, with hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements/dev.in -o requirements/dev.txt

browser: ## the browser that the journeys need: the system's own Chromium or Chrome
	@sh tests/browser.sh

peers: ## the other machines that the tests speak with: needs Node.js
	@sh tests/peers.sh

xmlsec: ## the program that signs and reads the SAML messages of the sign-in tests
	@sh tests/xmlsec.sh

.venv/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Luotsi needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/pip.stamp
	@echo "Installing Luotsi into .venv (a minute or two the first time) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
