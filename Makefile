# Two commands: `make demo` shows the platform at work, `make test` runs the tests.
# Needs Python 3.11 or later and make. Where uv is missing, it is installed under .tools/.

PYTHON ?= python3
UV ?= $(shell command -v uv || echo .tools/uv/bin/uv)

# Nothing is written outside this folder.
export UV_CACHE_DIR ?= $(CURDIR)/.tools/uv-cache
export UV_PYTHON_DOWNLOADS ?= never
# A distribution builds its Python with profiles of real work; one that a version manager compiled often is not,
# and takes 1.5 times the processor for Python's own code, a tenth more for all tests.
export UV_PYTHON ?= $(or $(lastword $(sort $(wildcard /usr/bin/python3.1[1-9]))),$(PYTHON))
export PIP_NO_CACHE_DIR ?= 1
# Else each of some hundred processes of a run compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE
# Trust whom this machine trusts, where it says so: its owner may look into the traffic.
SYSTEM_CERTS := /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem
export UV_SYSTEM_CERTS ?= $(if $(wildcard $(SYSTEM_CERTS)),1,0)

# The happy paths of each service, beside the folders about what servers do.
DEPLOYED := $(addprefix tests/,access common contracts demo openapi system \
	ingest/test_deliveries.py ingest/test_publishing.py ingest/test_revisions.py ingest/test_crashes.py \
	allocation/test_days.py allocation/test_keys.py allocation/test_settlements.py allocation/test_shares.py \
	billing/test_collections.py billing/test_corrections.py billing/test_drafts.py billing/test_issue.py \
	community/test_ballots.py community/test_messages.py community/test_participations.py \
	community/test_registry.py community/test_sessions.py)

# Node.js comes from PyPI, where there is none that is new enough.
WITH_NODE = $(if $(filter 0,$(WEB)),,$(shell $(PYTHON) web/build.py --has-node || echo --group web))

.PHONY: install demo web web-check web-journeys web-pictures guide-pictures test test-changed test-deployed test-nightly test-costs coverage serve upgrade lint sbom audit secrets check clean

install: $(UV)  ## the environment, with the tools of development
	$(UV) sync --locked --quiet --inexact

# What runs needs no tools of development; those that are there stay.
demo: $(UV)  ## load a demonstration co-op and its year, leave the platform running
	@$(UV) run --no-dev $(WITH_NODE) python web/build.py --or-go-on || $(UV) run --no-dev python web/build.py --or-go-on
	$(UV) run --no-dev elocoop demo $(ARGS)

web: $(UV)  ## the page, into web/dist: `elocoop serve` and `elocoop demo` show it
	$(UV) run --no-dev $(WITH_NODE) python web/build.py

web-check: $(UV)  ## types, style, unit tests, build and sizes of the page
	$(UV) run $(WITH_NODE) python web/check.py

web-journeys: $(UV)  ## the page in a browser, on a platform of its own with the demonstration's data
	$(UV) run $(WITH_NODE) python web/journeys.py $(ARGS)

web-pictures: $(UV)  ## the journeys with a picture of each page, width and theme, in data/screenshots
	$(UV) run $(WITH_NODE) python web/journeys.py --pictures

guide-pictures: $(UV)  ## pictures of docs/guide, drawn anew; web-journeys fails where a page has changed since
	GUIDE_PICTURES=$(CURDIR)/docs/guide/pictures $(UV) run $(WITH_NODE) python web/journeys.py guide.test -u

test: $(UV)  ## the tests, on all cores
	$(UV) run pytest $(ARGS)

test-changed: $(UV)  ## the tests nearest to what is not committed, or else to the last commit, in two minutes: SINCE=… ARGS=…
	$(UV) run python -m tests.support.changed $(if $(SINCE),--since $(SINCE)) $(ARGS)

test-deployed: $(UV)  ## what needs servers: DATABASE_URL and EVENT_LOG_URL, a process for each service
	$(UV) run pytest -m "deployed and not nightly" $(DEPLOYED) $(ARGS)

test-costs:  ## two runs beside each other, in processor seconds: BEFORE=… AFTER=…, files that runs keep as data/costs.json
	@$(PYTHON) -m tests.support.costs compare $(BEFORE) $(AFTER)

coverage: $(UV)  ## all tests, and the lines that none of them runs
	$(UV) run pytest --cov $(ARGS)

test-nightly: $(UV)  ## what is long and rarely wrong (`make test` runs the rest), and an upgrade from this very commit
	$(UV) run pytest -m nightly $(ARGS)
	$(UV) run python deploy/upgrade.py HEAD

serve: $(UV)  ## the platform, embedded, empty
	$(UV) run --no-dev --all-extras elocoop serve

upgrade: $(UV)  ## the demonstration of the last release, brought to this version; ARGS=REVISION for another
	$(UV) run python deploy/upgrade.py $(ARGS)

lint: $(UV)  ## formatting, style, types, layers
	$(UV) run ruff format --check .
	$(UV) run ruff check .
	$(UV) run mypy
	MYPYPATH=web $(UV) run mypy web/build.py web/check.py web/choosing.py web/journeys.py web/older_sessions.py web/past_mandate.py deploy/parts.py deploy/upgrade.py
	$(UV) run lint-imports

sbom: $(UV)  ## what the product is made of: data/sbom.json and data/sbom-page.json (CycloneDX)
	PYTHONPATH=web $(UV) run $(WITH_NODE) python deploy/parts.py sbom

audit: $(UV)  ## known advisories on what the locks name; says so when nobody answers
	PYTHONPATH=web $(UV) run $(WITH_NODE) python deploy/parts.py audit

secrets: $(UV)  ## what looks like a secret in the files of the tree; `make test` looks for the plainest
	PYTHONPATH=web $(UV) run python deploy/parts.py secrets

check: lint test  ## what to run before a commit

clean:  ## forget the installed tools and environment; data/ holds the books, so it stays
	rm -rf .venv .tools web/node_modules web/dist

.tools/uv/bin/uv:
	$(PYTHON) -m venv .tools/uv
	.tools/uv/bin/pip install --quiet --disable-pip-version-check uv
	.tools/uv/bin/uv pip uninstall --quiet --python .tools/uv pip setuptools # half of it, done
