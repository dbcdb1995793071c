# Two commands do everything on a machine with Python and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLIENTS := .venv-clients
N8N := n8n-nodes-base

.PHONY: setup demo test clients lint bench lock docs clean

setup: $(VENV)/.ready

# The lock names versions and hashes only; where packages come from is the machine's own setting.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Crossdock needs Python 3.11 or later; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	$(BIN)/crossdock demo

test: setup lint
	$(BIN)/python -m pytest -n auto -m "not slow and not clients"

# Public clients of the real API against the emulator. They have environments of their own.
clients: setup $(CLIENTS)/.ready
	$(BIN)/python -m pytest -n auto -m clients tests/clients

# Of n8n one node is wanted, not the hundreds of packages that all its nodes need together.
$(CLIENTS)/.ready: $(addprefix tests/clients/,requirements.lock package-lock.json $(N8N).sha512)
	$(PYTHON) -m venv $(CLIENTS)
	$(CLIENTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/clients/requirements.lock
	npm ci --prefix tests/clients --silent --ignore-scripts --omit=optional
	npm pack $(N8N)@1.82.0 --silent --pack-destination $(CLIENTS)
	cd $(CLIENTS) && sha512sum --check --quiet ../tests/clients/$(N8N).sha512
	mkdir -p tests/clients/node_modules/$(N8N)
	tar -xzf $(CLIENTS)/$(N8N)-1.82.0.tgz -C tests/clients/node_modules/$(N8N) --strip-components=1 package/LICENSE.md package/dist/nodes/FreshworksCrm
	@touch $@

lint: setup
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m bench.spine

# Needs uv; run after a change of dependencies, and commit the result.
lock:
	uv export --quiet --all-groups --no-header --no-annotate --no-emit-project --format requirements.txt -o requirements.lock
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 tests/clients/requirements.in -o tests/clients/requirements.lock
	npm install --prefix tests/clients --silent --package-lock-only

clean:
	rm -rf $(VENV) $(CLIENTS) tests/clients/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis crossdock-demo
