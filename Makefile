# Two commands: `make demo` shows the platform at work, `make test` runs every test.
# Needs Python 3.11 or later and make. Where uv is missing, it is installed under .tools/.

PYTHON ?= python3
UV ?= $(shell command -v uv || echo .tools/uv/bin/uv)

# Nothing is written outside this folder.
export UV_CACHE_DIR ?= $(CURDIR)/.tools/uv-cache
export UV_PYTHON_DOWNLOADS ?= never
export UV_LINK_MODE ?= copy
export PIP_NO_CACHE_DIR ?= 1
# Else each of some hundred processes of a run compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE
# Trust whom this machine trusts, where it says so: its owner may look into the traffic.
SYSTEM_CERTS := /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem
export UV_SYSTEM_CERTS ?= $(if $(wildcard $(SYSTEM_CERTS)),1,0)

.PHONY: demo test test-nightly serve lint check clean

demo: $(UV)  ## load a demonstration co-op, close its month, leave the platform running
	$(UV) run elocoop demo $(ARGS)

test: $(UV)  ## all tests, with their coverage
	$(UV) run pytest --cov $(ARGS)

test-nightly: $(UV)  ## what is long and rarely wrong; `make test` runs the rest
	$(UV) run pytest -m nightly $(ARGS)

serve: $(UV)  ## the platform, embedded, empty
	$(UV) run elocoop serve

lint: $(UV)  ## formatting, style, types, layers
	$(UV) run ruff format --check .
	$(UV) run ruff check .
	$(UV) run mypy
	$(UV) run lint-imports

check: lint test  ## what to run before a commit

clean:  ## forget the installed tools and environment; data/ holds the books, so it stays
	rm -rf .venv .tools

.tools/uv/bin/uv:
	$(PYTHON) -m venv .tools/uv
	.tools/uv/bin/pip install --quiet --disable-pip-version-check uv
