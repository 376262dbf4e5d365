import type { ModuleFile } from './module-file.js';

/** `uname -m` by `e_machine` (the ELF specification's EM_ numbers), class and byte order. */
export function archOf({
  machine,
  wordBytes,
  littleEndian,
}: Pick<ModuleFile, 'machine' | 'wordBytes' | 'littleEndian'>): string {
  const wide = wordBytes === 8;
  switch (machine) {
    case 3:
      return 'i686';
    case 20:
      return 'ppc';
    case 21:
      return littleEndian ? 'ppc64le' : 'ppc64';
    case 22:
      return wide ? 's390x' : 's390';
    case 40:
      return 'armv7l';
    case 62:
      return 'x86_64';
    case 183:
      return 'aarch64';
    case 243:
      return wide ? 'riscv64' : 'riscv32';
    case 258:
      return 'loongarch64';
    default:
      return `machine-${machine}`;
  }
}
