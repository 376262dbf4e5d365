# kmplab. `make help` lists what can be asked for; `make report` and `make test` need nothing else before them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help screenshots setup wasm build report test check format bench gate baseline scenario-format kernel-data conformance oracle fuzz attack mutants api native bench-wasm bench-compare bench-order-index test-node test-slow test-long test-browser test-clients test-zypper-today clean

KMPLAB := node bin/kmplab.js
REPORT := reports/out
LIBSOLV_VERSION ?=
# More arguments for vitest.
VITEST ?=

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 18

# --- set-up -------------------------------------------------------------------------------------------------------------
node_modules/.package-lock.json: package-lock.json package.json wasm/package.json
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); if (a < 20 || (a === 20 && b < 19)) { console.error(`kmplab needs Node.js 20.19 or newer, this is $${process.version}`); process.exit(1); }'
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

setup: node_modules/.package-lock.json ## install what is needed: npm packages, emscripten and cmake
	@tools/setup.sh build

wasm: setup ## build libsolv as WebAssembly (skipped when nothing changed); LIBSOLV_VERSION=x.y.z for another one
	@LIBSOLV_VERSION=$(LIBSOLV_VERSION) node wasm/tools/build.mjs

build: wasm ## compile the TypeScript
	@npx tsc -b
	@node tools/what-if.mjs

# --- the main job -------------------------------------------------------------------------------------------------------
report: build ## the main job: solve all real scenarios, write the report's pages and run.json into reports/out
	@$(KMPLAB) run --growth --scorecard -o $(REPORT)

gate: build ## hold the last report against the committed baseline, as kmplab-gate.yaml says
	@$(KMPLAB) gate $(REPORT)/run.json

baseline: build ## accept the last report as the new baseline; REASON= says why, the last commit unless given
	@$(KMPLAB) gate accept $(REPORT)/run.json --reason "$${REASON:-$$(git log -1 --format=%s)}"

# --- checks -------------------------------------------------------------------------------------------------------------
test: build ## the quick tests
	@npx vitest run $(VITEST)

check: build ## format, lint, import rules, types
	@npx biome check .
	@npx oxlint --type-aware src wasm/src test wasm/test bench
	@npx depcruise --config .dependency-cruiser.cjs src wasm/src

format: node_modules/.package-lock.json ## write what the formatter wants
	@npx biome check --write .

test-browser: build ## the report in Chromium, of the last `make report` where there is one
	@tools/setup.sh browser
	@KMPLAB_RUN="$${KMPLAB_RUN-$(wildcard $(REPORT)/run.json)}" npx vitest run --config vitest.slow.config.ts --maxWorkers=1 browser $(VITEST)

screenshots: ## the two pictures of the README, from the last report
	@tools/setup.sh browser
	@node tools/screenshots.mjs $(REPORT) docs/images

test-clients: build ## what zypper, rpm, createrepo_c and kmod say of what we write
	@tools/setup.sh clients
	@npx vitest run --config vitest.slow.config.ts clients $(VITEST)

test-zypper-today: build ## the small requests, by the zypper of Debian unstable
	@tools/setup.sh clients today
	@KMPLAB_ZYPPER_SYSTEM=$$(tools/zypper-today.sh) npx vitest run --config vitest.slow.config.ts clients-requests $(VITEST)

test-node: build ## the package's tests under Node.js 22 and 24, fetched for the purpose
	@tools/test-node.sh

test-long: build ## what takes the lab itself long, and needs nothing else
	@npx vitest run --config vitest.slow.config.ts --exclude '**/*{browser,clients,oracle,bench}*' $(VITEST)

test-slow: test-long test-browser test-clients ## everything the quick tests leave out; KMPLAB_SHORT=1 as CI does, a part of each table

conformance: build ## libsolv's own test cases, by the module and by native testsolv
	@tools/setup.sh native
	@node wasm/tools/conformance.mjs

oracle: build ## seeded problems and every real scenario, solved by the module and replayed by native testsolv
	@tools/setup.sh native
	@tools/oracle.sh

fuzz: build ## damaged metadata against the readers; FUZZ_RUNS= for more
	@node wasm/tools/fuzz.mjs

attack: build ## seeded attacks on every door: ATTACK_SECONDS= (600), ATTACK_SEED=, ATTACK_CASES=, DOOR= one of them
	@npx vitest run --config vitest.attack.config.ts $(DOOR)

mutants: build ## change the code and see whether a test fails: MUTATE='src/statistics/**', TESTS='test/statistics/**' for a part
	@MUTATE='$(MUTATE)' TESTS='$(TESTS)' npx stryker run

api: build ## the API reference of the package, in wasm/build/api; a warning is an error
	@npx typedoc --options wasm/typedoc.json

native: setup ## build native testsolv and the native side of the benches, from the module's own sources
	@tools/setup.sh native
	@node wasm/tools/native.mjs

bench: build native ## measured promises: time and memory, as ratios within one run
	@status=0; for bench in repomd schemes kernel audit catalogue history challenge kills queue; do node dist/bench/$$bench.js || status=1; done; \
	node dist/bench/main-job.js wasm/build/native-*/bench-native || status=1; \
	node dist/bench/channel.js wasm/build/native-*/bench-native || status=1; \
	npx vitest run --config vitest.slow.config.ts depmod.bench || status=1; exit $$status

bench-compare: build ## equal modules compared 50 times, and ten with a planted slowdown; MINUTES=10, COMPARISONS=, PLANTED=, PAIRS=; COMPARISON=FILE.json: drawn anew from what kmplab compare -o wrote
	@$(if $(COMPARISON),node dist/bench/compare-redrawn.js $(COMPARISON),node dist/bench/compare.js)

bench-order-index: build ## ordering with the patch order-index: the same order, a twentieth of the work at 16,000, in proportion
	@node dist/bench/order-index.js

bench-wasm: build native ## the module against native libsolv, phase by phase, on 8 k and 24 k packages
	@bench/wasm.sh

scenario-format: build ## write the JSON Schemas of all formats and the references in docs/ from the code
	@node tools/scenario-format.mjs
	@npx biome format --write scenarios/scenario.schema.json scenarios/design.schema.json docs/formats/*.schema.json docs/scenarios.md docs/designs.md

kernel-data: build ## make scenarios/kernels again from Debian's packages, byte for byte
	@tools/kernel-data.sh

clean: ## remove everything that was built, but not the download cache
	rm -rf dist wasm/dist wasm/build reports/out
