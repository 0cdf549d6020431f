# make run     try the service: installs what it needs, loads demo people, serves it
# make test    everything: checks, tests on both databases, browser tests
# make stand-in  the demo, texting through a stand-in of the provider; phones to reply from
# make chaos   5,000 texts through a provider that misbehaves; `make bench` for speed
# make quick   the inner loop, under 90 seconds: checks, one case of each quick test, no browser
#
# Needs Python 3.11 or newer, make and git. Works with GNU make 3.81 (macOS) and newer.

PORT ?= 8000
JOBS ?= 2
LANGUAGE_FILES := $(wildcard portal/translations/*/LC_MESSAGES/*.po)
CATALOGUES := $(LANGUAGE_FILES:.po=.mo)

PYTHON := .venv/bin/python
BABEL := $(PYTHON) -m babel.messages.frontend -q
# uv of the machine, or one in a private folder.
UV := $(or $(shell command -v uv 2>/dev/null),.uvbox/bin/uv)
# uv takes a Python that is here, and fetches one only where none of these is.
PYTHONS := >=3.11,<3.15

# An environment whose Python was upgraded away is no environment.
ifeq ($(wildcard $(PYTHON)),)
$(shell rm -rf .venv)
endif

unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
.DELETE_ON_ERROR:
.PHONY: reading-age bench chaos kill-nine screenshots stand-in run test quick check a11y translations lock catalogues programs clean help

help:
	@sed -n 's/^# \(make.*\)/\1/p' Makefile


# --- what people call -----------------------------------------------------------------

run: export PORTAL_MODE = demo
run: .venv/.run catalogues
	@PORTAL_PUBLIC_URL=http://127.0.0.1:$(PORT) $(PYTHON) -m flask --app wsgi demo --address http://127.0.0.1:$(PORT)
	@exec $(PYTHON) -m flask --app wsgi serve --port $(PORT)

test: check programs
	$(PYTHON) -m pytest tests -n $(JOBS) --dist worksteal
	$(PYTHON) -m pytest accessibility_tests -n $(JOBS) --dist worksteal

quick: check
	@$(PYTHON) -m tests.programs w3m
	$(PYTHON) -m pytest tests --db=sqlite --first-cases -m 'not slow' -n $(JOBS) --dist worksteal

# How old one must be to read each page and text in English, by two formulas.
reading-age: .venv/.dev
	@$(PYTHON) -m tools.reading_age

# LANGUAGES=all sees every state in every language: an hour and a half. `make test` sees every
# state in three, and shares them out among the others.
a11y: .venv/.dev catalogues programs
	$(PYTHON) -m pytest accessibility_tests $(if $(LANGUAGES),--every-language) -n $(JOBS) --dist worksteal

screenshots: .venv/.dev catalogues programs
	@$(PYTHON) -m accessibility_tests.screenshots
	@$(PYTHON) -m accessibility_tests.screens

check: .venv/.dev catalogues
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PYTHON) -m djlint --lint --quiet portal/templates
	@$(PYTHON) -m tools.translations check

# The sentences of the source, into the template and each language's catalogue.
translations: .venv/.dev
	$(BABEL) extract -F babel.cfg -k _l -k sentence --add-comments=Translators: --omit-header \
		--sort-by-file --add-location=file --no-wrap -o portal/translations/messages.pot .
	$(BABEL) update -i portal/translations/messages.pot -d portal/translations \
		--no-fuzzy-matching --ignore-pot-creation-date --no-wrap
	@$(MAKE) --no-print-directory catalogues

# The locked requirements again, after a change in pyproject.toml; UPGRADE=1 takes newer versions.
lock: COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
lock: $(UV)
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --extra notify -c requirements.lock -o requirements-notify.lock
	$(COMPILE) pyproject.toml --group dev -c requirements-notify.lock -o requirements-dev.lock
	echo uv | $(COMPILE) - -o requirements-uv.lock

# The demo, texting through the provider's own kit to a stand-in beside it. Its phones are at
# http://127.0.0.1:8026. Ctrl-C ends both, and nothing is kept.
stand-in: .venv/.dev catalogues
	@exec $(PYTHON) -m tests.stand_in.beside --port $(PORT) $(MISCHIEF)

# 5,000 texts through a provider that fails, loses, delays, doubles and reorders a fifth of all.
chaos: .venv/.dev catalogues
	$(PYTHON) -m tests.resilience.chaos --texts 5000

# How fast the parts are that must be fast. Figures to read, not a test.
bench: .venv/.dev catalogues
	$(PYTHON) -m tests.benches.score

# Kill the web server and the worker with -9 fifty times during traffic; nothing may be lost.
kill-nine: .venv/.dev catalogues
	$(PYTHON) -m tests.resilience.kill_nine --rounds 50

# Everything that make made. The demo's data stay: they are in instance/.
clean:
	rm -rf .venv .uvbox .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)


# --- what they need -------------------------------------------------------------------

programs: .venv/.dev
	@$(PYTHON) -m tests.programs

catalogues: $(CATALOGUES)

# Fuzzy sentences are left out (the page then shows the English one). Two things that pybabel
# lets pass are errors here: a lost placeholder, and a fuzzy header, which leaves out everything.
%.mo: %.po | .venv/.run
	@rm -f $@
	@said=$$($(BABEL) compile -i $< -o $@ 2>&1) && test -z "$$said" || { echo "$$said" >&2; exit 1; }
	@test -s $@ || { echo "$<: nothing was compiled; is its header marked fuzzy?" >&2; exit 1; }

# Two stamps. The packages of the tests contain those of the service, at the same versions,
# so that `make run` after `make test` has nothing to do, and the other way about.
.venv/.run: requirements.lock requirements-dev.lock .venv/pyvenv.cfg
	@if [ -e .venv/.dev ]; then $(MAKE) --no-print-directory .venv/.dev; else \
		echo "Installing the packages of requirements.lock"; \
		$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements.lock; fi
	@touch $@

.venv/.dev: requirements-dev.lock .venv/pyvenv.cfg
	@echo "Installing the packages of requirements-dev.lock"
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements-dev.lock
	@touch .venv/.run $@

.venv/pyvenv.cfg: | $(UV)
	@$(UV) venv --quiet --no-project --python '$(PYTHONS)' .venv

.uvbox/bin/uv: requirements-uv.lock
	@rm -rf .uvbox
	@python3 -c 'import ensurepip' 2>/dev/null || .ci/install python3-venv
	@python3 -m venv .uvbox
	@.uvbox/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir \
		--require-hashes --only-binary :all: -r requirements-uv.lock
	@touch $@
