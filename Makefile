# Everything here works from a fresh clone with Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := .venv-peers/.ready
PEER_SERVERS := .venv-peer-servers/.ready
PICTURES := .venv-pictures/.ready

.PHONY: demo test check messages lock peers soak bench fuzz calibrate pictures pictures-of-discord docs clean

demo: $(READY)  ## investigate the reconstructed 2019 case; results land in out/demo
	$(BIN)/limier demo --out out/demo

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(READY)  ## lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

messages: $(READY)  ## bring the French catalogues up to date with the sentences in the code
	mkdir -p out
	$(BIN)/pybabel -q extract --no-location --sort-output --no-default-keywords -k Text:1 -k plural:1,2 -o out/limier.pot analyzers bot
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 98 -D limier -i out/limier.pot -d analyzers/locales -l fr
	$(BIN)/pybabel -q extract --no-location --sort-output --no-default-keywords -k locale_str -o out/commands.pot bot
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 98 -D commands -i out/commands.pot -d bot/locales -l fr

lock: $(READY)  ## pin every dependency, for all platforms and Python versions, with hashes
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --extra dev --extra pictures pyproject.toml -c requirements-dev.lock -o docs/pictures.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header tests/bench/peers.in -o tests/bench/peers.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header tests/peers/servers.in -o tests/peers/servers.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header tests/fuzz/fuzz.in -o tests/fuzz/fuzz.lock

peers: $(READY) $(PEER_SERVERS)  ## tests against real servers (slow; each says what it needs)
	$(BIN)/python -m pytest -m peers tests

soak: $(READY)  ## kill the bot at random points, 50 times or KILLS=…, and see that nothing is lost or said twice
	$(BIN)/python -m pytest -s -m soak tests/wire

bench: $(READY) $(PEERS)  ## measure speed, memory and families beside the peers; prints the tables of docs/benchmarks.md
	$(BIN)/python -m tests.bench.near_duplicates --peers $(PEERS:.ready=bin/python)
	$(BIN)/python -m tests.bench.cohorts
	$(BIN)/python -m tests.bench.formats
	$(if $(DATA),$(BIN)/python -m tests.bench.archives $(DATA))
	$(BIN)/python -m tests.bench.whole
	$(BIN)/python -m tests.bench.collecting
	$(BIN)/python -m tests.bench.twenty

fuzz: $(READY)  ## feed every family of readers made-up bytes, for a minute each or SECONDS=…; findings land in out/fuzz
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/fuzz/fuzz.lock
	for family in tables objects open_networks packed binaries; do $(BIN)/python -m tests.fuzz $$family --seconds $(or $(SECONDS),60) || exit 1; done

calibrate: $(READY)  ## simulate cases, fit the weights of the signs, judge them on other cases (hours)
	$(BIN)/python -m analyzers.calibration

pictures: $(READY)  ## make the README's pictures again from the demo
	$(BIN)/python -m docs.pictures

pictures-of-discord: $(PICTURES)  ## photograph the demo's case in Discord; needs Chromium
	$(PICTURES:.ready=bin/python) -m docs.pictures_of_discord

$(READY): requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(PEERS): tests/bench/peers.lock
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@

$(PEER_SERVERS): tests/peers/servers.lock
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@

$(PICTURES): docs/pictures.lock
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	$(@D)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

docs: $(READY)  ## write docs/steps.md again from the steps
	$(BIN)/python -m docs.steps

clean:
	rm -rf $(VENV) $(dir $(PEERS)) $(dir $(PEER_SERVERS)) .npm-peers $(dir $(PICTURES)) out .mypy_cache .ruff_cache .pytest_cache
