#!/usr/bin/env bash
# The module against native testsolv of the same source: 500 seeded problems over made-up and over real packages, two successive kernel
# builds, and every step of scenarios/real. ORACLE_RUNS and ORACLE_SEED as wasm/tools/oracle.mjs has them.
set -euo pipefail
cd "$(dirname "$0")/.."
repositories=$(mktemp -d)
trap 'rm -rf "$repositories"' EXIT
for build in 52 53; do
  node bin/kmplab.js generate "debian-6.1.0-$build-amd64" --scheme modular -o "$repositories/$build" >/dev/null
done
node wasm/tools/oracle.mjs "$repositories"/*
npx vitest run --config vitest.slow.config.ts oracle
