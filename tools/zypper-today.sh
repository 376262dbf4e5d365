#!/usr/bin/env bash
# Today's zypper, whatever this machine's distribution has: a Debian unstable with zypper and rpm in a directory, made once. Prints the directory,
# which KMPLAB_ZYPPER_SYSTEM hands to the tests. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."

system=$PWD/.cache/zypper-today
if ! chroot "$system" zypper --version >/dev/null 2>&1; then
  rm -rf "$system"
  mkdir -p .cache
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  # The signature is verified; how old it is does not matter here, and mirrors lag behind.
  mmdebstrap --quiet --variant=apt --include=zypper,rpm --aptopt='Acquire::Check-Valid-Until "false"' unstable "$system" "${mirror:?}" >&2
fi
chroot "$system" zypper --version >&2
echo "$system"
