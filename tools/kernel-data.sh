#!/usr/bin/env bash
# Makes scenarios/kernels, scenarios/flavors and scenarios/lines again from Debian's packages, byte for byte, as long as Debian carries them. Packages
# are asked for by name through the machine's own apt. What bookworm for amd64 does not have (arm64, trixie) it finds where apt was told of it: by
# dpkg --add-architecture and more sources, or by a configuration of its own that APT_CONFIG names.
# How small each kernel module packs is taken from the file that is there, as long as that was made from packages with the same
# checksums. With MEASURE=1, and for a new build, every kernel module is compressed anew: about ten minutes per build and core.
set -euo pipefail
cd "$(dirname "$0")/.."

# Successive updates that change: all CRCs, nothing, all, 15 symbols, a third, a seventh (network drivers, not storage), a third, all, nothing.
releases="6.1.0-47-amd64 6.1.0-48-amd64 6.1.0-49-amd64 6.1.0-50-amd64 6.1.0-51-amd64
          6.1.0-52-amd64 6.1.0-53-amd64 6.1.0-54-amd64 6.1.0-55-amd64 6.1.0-56-amd64"
cache=$PWD/.cache/kernels
data=scenarios/kernels
mkdir -p "$cache" "$data"

# Prints the file of a package in the cache, fetching it first. Fails where no apt source has it.
fetched() {
  compgen -G "$cache/$1_*.deb" && return
  (cd "$cache" && { apt-get -qq download "$1" || apt-get -qq download "$1:arm64"; } >/dev/null 2>&1) || return 1
  compgen -G "$cache/$1_*.deb"
}

jobs=()
missing=()
for release in $releases; do
  if ! image=$(fetched "linux-image-$release"); then
    missing+=("linux-image-$release")
    continue
  fi
  # Module.symvers, which lists all exports of the image, is in some of the headers packages only; Debian drops those of builds it replaced.
  headers=$(fetched "linux-headers-$release" || true)
  jobs+=("$data/debian-$release.kernel.json.zst $image $headers")
done

rebuild() {
  set -- $1
  output=$1
  shift
  before=$(sha256sum "$output" 2>/dev/null || echo none)
  sizes=(--measure-compressed)
  if [[ -e $output && ${MEASURE:-} != 1 ]]; then sizes=(--compressed-from "$output"); fi
  node bin/kmplab.js kernel import "$@" --flavor default "${sizes[@]}" -o "$output" >/dev/null
  if [[ $before == "$(sha256sum "$output")" ]]; then echo "same     $output"; else echo "changed  $output"; fi
}
export -f rebuild
if ((${#jobs[@]} > 0)); then
  printf '%s\n' "${jobs[@]}" | xargs -P "$(nproc)" -I{} bash -euo pipefail -c 'rebuild "{}"'
fi
# Builds of other lines, whose kernel modules are not compressed one by one: another architecture, another version of Linux.
for release in 6.1.0-56-arm64 6.12.116+deb13-amd64 6.12.117+deb13-amd64; do
  if image=$(fetched "linux-image-$release") && headers=$(fetched "linux-headers-$release"); then
    node bin/kmplab.js kernel import "$image" "$headers" --flavor default -o "scenarios/lines/debian-$release.kernel.json.zst" >/dev/null
  else
    missing+=("linux-image-$release")
  fi
done
# Which types of the base each symbol reaches, as the changes along the chain explain it; `kmplab kernel evolve` builds on it.
node --input-type=module -e "const { writeObservedReach } = await import('$PWD/dist/kernel/index.js'); await writeObservedReach();"
# Of another flavor only what the scenarios with two flavors need: a disk, network cards, USB.
flavor=6.1.0-53-rt-amd64
if image=$(fetched "linux-image-$flavor") && headers=$(fetched "linux-headers-$flavor"); then
  node bin/kmplab.js kernel import "$image" "$headers" --flavor rt -o "$cache/$flavor.kernel.json.zst" >/dev/null
  node --input-type=module - "$cache/$flavor.kernel.json.zst" "scenarios/flavors/debian-$flavor.kernel.json.zst" <<EOF
const { readKernelBuild, writeKernelBuild } = await import('$PWD/dist/kernel/index.js');
const { partOf } = await import('$PWD/dist/run/kernel-part.js');
const part = ['e1000e', 'nvme', 'xhci-pci', 'usbhid', 'tg3', 'ext4', 'ahci', 'sd_mod', 'r8169', 'i2c-i801'];
await writeKernelBuild(partOf(await readKernelBuild(process.argv[2]), part), process.argv[3]);
EOF
else
  missing+=("linux-image-$flavor")
fi
if ((${#missing[@]} > 0)); then
  echo "kernel-data: no apt source has these, their data was left as it is: ${missing[*]}" >&2
  exit 1
fi
