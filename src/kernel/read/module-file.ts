import type { KernelModule } from '../build.js';
import { readElf } from './elf.js';
import { readExports } from './exports.js';
import { readImports } from './imports.js';
import { MalformedPart } from './malformed-part.js';
import { type ModinfoFacts, parseModinfo, readModinfo } from './modinfo.js';
import { type AppendedSignature, readSignature } from './signature.js';

/** What one `.ko` says, uncompressed. `malformed` names each part that had to be left out. */
export interface ModuleFile extends Omit<ModinfoFacts, 'unusable'>, Pick<KernelModule, 'exports' | 'imports'> {
  readonly signature: AppendedSignature | null;
  readonly modversions: boolean;
  /** `e_machine` and class and byte order of the ELF file. */
  readonly machine: number;
  readonly wordBytes: 4 | 8;
  readonly littleEndian: boolean;
  readonly malformed: readonly { readonly section: string; readonly why: string }[];
}

/**
 * @throws InputError where the file is no kernel module at all; damage to a single section is in `malformed`
 */
export function readModuleFile(bytes: Uint8Array, file: string): ModuleFile {
  const elf = readElf(bytes, file);
  const malformed: { section: string; why: string }[] = [];
  const tolerant = <T>(read: () => T, instead: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MalformedPart)) throw error;
      malformed.push({ section: error.section, why: error.message });
      return instead;
    }
  };
  const onUnusable = (section: string, why: string): void => {
    malformed.push({ section, why: `${section}: ${why}` });
  };
  const imports = tolerant(() => readImports(elf, onUnusable), []);
  const exports = tolerant(() => readExports(elf), []);
  const modinfo = readModinfo(elf);
  if (modinfo === undefined) malformed.push({ section: '.modinfo', why: '.modinfo: the section is missing' });
  const { unusable, ...facts } = modinfo ?? parseModinfo('');
  if (unusable > 0) malformed.push({ section: '.modinfo', why: `.modinfo: ${unusable} values are no names` });
  return {
    ...facts,
    exports: exports.sort(byName),
    imports: (imports ?? []).sort(byName),
    signature: tolerant(() => readSignature(bytes), null),
    modversions: imports !== undefined,
    machine: elf.machine,
    wordBytes: elf.wordBytes,
    littleEndian: elf.littleEndian,
    malformed,
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
