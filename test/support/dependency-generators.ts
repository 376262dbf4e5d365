import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What rpm runs on every file of a package to find its dependencies: in the manner of the distributions' own scripts, and with kmod's and
 * binutils' readers of kernel modules, not the lab's.
 */
export interface Generators {
  /** A shell function's body for one kernel module: prints dependencies of "$file". */
  readonly provides: string;
  readonly requires: string;
}

/** `exports FILE` prints the symbols that a kernel module exports and their checksums, `imports FILE` those it needs; the same eight digits. */
export const readers = `
exports() {
  for section in __kcrctab __kcrctab_gpl; do
    values=$(mktemp)
    objcopy -O binary --only-section=$section "$1" "$values"
    { od -An -v -tx4 -w4 "$values"; echo; nm -f sysv -t d "$1"; } | awk -F '|' -v section=$section '
      NF <= 1 { gsub(/ /, ""); checksum[count++] = $0 }
      $7 == section && sub(/^__crc_/, "", $1) { gsub(/ /, "", $1); print $1, checksum[$2 / 4] }'
    rm "$values"
  done
}
imports() {
  modprobe --dump-modversions "$1" | while read -r crc symbol; do printf '%s %08x\\n' "$symbol" "$crc"; done
}
kmod_name() { basename "$1" .ko | tr - _; }
`;

/** SUSE's find-provides.ksyms and find-requires.ksyms for one flavor. */
export function suseGenerators(flavor: string): Generators {
  const ksyms = `while read -r symbol crc; do printf 'ksym(${flavor}:%s) = %x\\n' "$symbol" "0x$crc"; done`;
  return {
    provides: `echo "kmod($(kmod_name "$file").ko)"; exports "$file" | ${ksyms}`,
    requires: `imports "$file" | ${ksyms}`,
  };
}

/**
 * Red Hat's find-provides.ksyms, find-requires.ksyms and modalias.prov, but for the merging of aliases.
 *
 * @param ofDrivers a file with the symbols that no kernel package exports
 */
export function redHatGenerators(ofDrivers: string): Generators {
  return {
    provides: `
      echo "kmod($(kmod_name "$file").ko)"
      exports "$file" | while read -r symbol crc; do echo "ksym($symbol) = 0x$crc"; done
      version=$(modinfo -F version "$file" | tr -c 'A-Za-z0-9.+~^\\n' _)
      modinfo -F alias "$file" | grep '.:.' | sed 's/[^][0-9a-zA-Z._:*?/-]/_/g' | sort -u |
        while read -r alias; do echo "modalias($alias)\${version:+ = $version}"; done`,
    requires: `
      imports "$file" | awk '
        NR == FNR { own[$1]; next }
        { print ($1 in own ? "ksym" : "kernel") "(" $1 ") = 0x" $2 }' '${ofDrivers}' -`,
  };
}

/** The standard of 2006 states everything but what every kernel module provides. */
export const fedoraGenerators: Generators = {
  provides: 'echo "kmod($(kmod_name "$file").ko)"',
  requires: ':',
};

/** Writes the scripts and says what to tell rpmbuild, so that it runs them and no others. */
export async function fileAttributes(generators: Generators, directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const macros = [`%__kmplab_path \\.ko$`];
  for (const kind of ['provides', 'requires'] as const) {
    const script = join(directory, kind);
    await writeFile(script, `#!/bin/bash\n${readers}\nwhile read -r file; do\n${generators[kind]}\ndone\n`);
    await chmod(script, 0o755);
    macros.push(`%__kmplab_${kind} ${script}`);
  }
  const attribute = join(directory, 'kmplab.attr');
  await writeFile(attribute, `${macros.join('\n')}\n`);
  return [
    ...['--define', `_fileattrsdir ${directory}`, '--load', attribute],
    // No stripping: kernel modules carry their facts in sections that strip does not know.
    ...['--define', '__os_install_post %{nil}', '--define', 'debug_package %{nil}'],
    ...['--define', '_binary_payload w19.zstdio'],
  ];
}
