#!/usr/bin/env bash
# Installs the system packages of the named groups (tools/system-packages.txt) that are missing.
# On Debian as root it installs them; elsewhere it says exactly what is missing and fails.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

missing=()
for group in "$@"; do
  while read -r of package probe; do
    [ "$of" = "$group" ] || continue
    case $probe in
      /*) [ -e "$probe" ] || missing+=("$package") ;;
      *) command -v "$probe" >/dev/null || missing+=("$package") ;;
    esac
  done < <(grep -v '^#' tools/system-packages.txt)
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "kmplab needs from the system: ${missing[*]}" >&2
  echo "  on Debian, as root: $install" >&2
  exit 1
fi
echo "installing ${missing[*]}"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
