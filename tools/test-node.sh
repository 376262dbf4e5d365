#!/usr/bin/env bash
# The package's tests (or those named) under other releases of Node.js, which the npm registry carries too; nothing is left installed.
set -euo pipefail
cd "$(dirname "$0")/.."
releases=$(mktemp -d)
trap 'rm -rf "$releases"' EXIT
for release in 22 24; do
  npm install --prefix "$releases/$release" --no-save --no-audit --no-fund --loglevel=error "node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')@$release"
  node=$(echo "$releases/$release"/node_modules/node-linux-*/bin/node)
  echo "Node.js $("$node" --version)"
  PATH="$(dirname "$node"):$PATH" "$node" node_modules/vitest/vitest.mjs run "${@:-wasm/test}"
done
