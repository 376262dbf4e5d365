#!/usr/bin/env bash
# Packages six real kernel builds and hands the repositories to the module's own bench: the first is installed, the first two
# together are 8 k packages, all six 24 k.
set -euo pipefail
cd "$(dirname "$0")/.."
repositories=$(mktemp -d)
trap 'rm -rf "$repositories"' EXIT
for build in 51 52 53 54 55 56; do
  node bin/kmplab.js generate "debian-6.1.0-$build-amd64" --scheme modular -o "$repositories/$build" >/dev/null
done
node wasm/bench/bench.mjs "$@" "$repositories"/*
