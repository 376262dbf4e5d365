import { append } from '#collections';
import type { KernelModule, Support } from '../build.js';
import { modprobeName } from '../module-name.js';
import { type ElfFile, sectionBytes, sectionNamed, text } from './elf.js';
import { supportOfModinfo } from './supported.js';

export type ModinfoFacts = Pick<
  KernelModule,
  | 'depends'
  | 'aliases'
  | 'softdeps'
  | 'weakdeps'
  | 'firmware'
  | 'importNamespaces'
  | 'license'
  | 'driverVersion'
  | 'vermagic'
  | 'inTree'
> & {
  readonly support: Support | undefined;
  /** How many values had to be left out, see `isUnusable`. */
  readonly unusable: number;
};

/** What `.modinfo` says: strings `key=value`, each ended by NUL (include/linux/moduleparam.h, MODULE_INFO). */
export function readModinfo(elf: ElfFile): ModinfoFacts | undefined {
  const section = sectionNamed(elf, '.modinfo');
  return section === undefined ? undefined : parseModinfo(text(sectionBytes(elf, section), 0, section.size));
}

export function parseModinfo(content: string): ModinfoFacts {
  const values = new Map<string, string[]>();
  let unusable = 0;
  for (const entry of content.split('\0')) {
    const equals = entry.indexOf('=');
    if (equals <= 0) continue;
    const key = entry.slice(0, equals);
    const value = entry.slice(equals + 1);
    if (isUnusable(key, value)) {
      unusable += 1;
      continue;
    }
    append(values, key, value);
  }
  const all = (key: string): string[] => [...new Set(values.get(key) ?? [])];
  const first = (key: string): string | null => values.get(key)?.[0] ?? null;
  return {
    depends: (first('depends') ?? '')
      .split(',')
      .filter((name) => name !== '')
      .map(modprobeName),
    aliases: all('alias'),
    softdeps: parseSoftdeps(values.get('softdep') ?? []),
    weakdeps: [...new Set((values.get('weakdep') ?? []).flatMap(words))],
    firmware: all('firmware'),
    importNamespaces: all('import_ns'),
    license: first('license'),
    driverVersion: first('version'),
    vermagic: first('vermagic'),
    inTree: first('intree') === 'Y',
    support: supportOfModinfo(first('supported')),
    unusable,
  };
}

const nameKeys = new Set(['alias', 'firmware', 'import_ns']);
const listKeys = new Set([...nameKeys, 'depends', 'softdep', 'weakdep']);

/** Names that are empty or hold control characters, a line break above all: no build made them, and no file of ours could hold them. */
function isUnusable(key: string, value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for; a tab parts words
  return listKeys.has(key) && ((nameKeys.has(key) && value === '') || /[\x01-\x08\x0a-\x1f\x7f]/.test(value));
}

/** `pre: a b post: c`, in any order and more than once; what stands before the first marker means nothing to modprobe.d(5). */
function parseSoftdeps(lines: readonly string[]): KernelModule['softdeps'] {
  const found = { pre: new Set<string>(), post: new Set<string>() };
  for (const line of lines) {
    let into: Set<string> | undefined;
    for (const word of words(line)) {
      if (word === 'pre:') into = found.pre;
      else if (word === 'post:') into = found.post;
      else into?.add(word);
    }
  }
  return { pre: [...found.pre], post: [...found.post] };
}

function words(line: string): string[] {
  return line.split(/[ \t]+/).filter((word) => word !== '');
}
