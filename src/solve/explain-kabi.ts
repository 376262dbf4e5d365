import type { Pool, Problem, RuleInfo, SolvableId } from '@opensuse/libsolv-wasm';

/** One kernel image in the pool: what it calls itself, and the checksum of every symbol it exports. */
interface Kernel {
  readonly release: string;
  readonly crcOf: ReadonlyMap<string, string>;
}

const examplesMax = 3;

/**
 * What a failed `ksym(flavor:symbol) = crc` really means: the package was compiled for one kernel build, and of the symbols it
 * imports so many have another checksum in, or are gone from, the others. A sentence per package, not a wall of symbols.
 */
export function kabiSentences(pool: Pool, problem: Problem): string[] {
  const sources = new Set<SolvableId>();
  for (const rule of problem.rules) if (rule.source !== null && isKabi(rule)) sources.add(rule.source);
  if (sources.size === 0) return [];
  const kernels = kernelsOf(pool);
  const ids = [...sources];
  const requires = pool.dependencies(ids, 'requires');
  return pool.packages(ids).map(({ nevra }, index) => kabiSentence(nevra, symbolsOf(requires[index] ?? []), kernels));
}

/** A rule that exists for a symbol's sake. */
export function isKabi({ source, dependency }: RuleInfo): boolean {
  return source !== null && dependency?.startsWith('ksym(') === true;
}

/** `ksym(default:usb_register) = 1a2b3c` -> usb_register, 1a2b3c. */
function symbolsOf(dependencies: readonly string[]): Map<string, string> {
  const symbols = new Map<string, string>();
  for (const dependency of dependencies) {
    const [, symbol, crc] = /^ksym\([^:]*:(.+)\) = ([0-9a-f]+)$/.exec(dependency) ?? [];
    if (symbol !== undefined && crc !== undefined) symbols.set(symbol, crc);
  }
  return symbols;
}

/** Whoever provides `kernel-uname-r` carries an image. */
function kernelsOf(pool: Pool): Kernel[] {
  const ids = pool.whatProvides('kernel-uname-r');
  const kernels = new Map<string, Kernel>();
  pool.dependencies(ids, 'provides').forEach((provides) => {
    const release = provides
      .map((text) => /^kernel-uname-r = (.+)$/.exec(text)?.[1])
      .find((text) => text !== undefined);
    if (release !== undefined) kernels.set(release, { release, crcOf: symbolsOf(provides) });
  });
  return [...kernels.values()];
}

function kabiSentence(nevra: string, imports: ReadonlyMap<string, string>, kernels: readonly Kernel[]): string {
  const judged = kernels.map((kernel) => ({ kernel, changed: changedSymbols(imports, kernel) }));
  const fitting = judged.filter(({ changed }) => changed.length === 0).map(({ kernel }) => kernel.release);
  const builtFor = fitting.length > 0 ? fitting.join(' and ') : 'a kernel that is not in reach';
  const against = judged
    .filter(({ changed }) => changed.length > 0)
    .map(({ kernel, changed }) => {
      const named = changed.slice(0, examplesMax).join(', ');
      const more = changed.length > examplesMax ? ', …' : '';
      return `${changed.length} of the ${imports.size} symbols it imports have another checksum in ${kernel.release} (${named}${more})`;
    });
  return `${[`${nevra} was built for ${builtFor}`, ...against].join('; ')}`;
}

/** Imports that the image exports with another checksum. What it does not export at all may come from another kernel module. */
function changedSymbols(imports: ReadonlyMap<string, string>, { crcOf }: Kernel): string[] {
  const changed: string[] = [];
  for (const [symbol, crc] of imports) {
    const found = crcOf.get(symbol);
    if (found !== undefined && found !== crc) changed.push(symbol);
  }
  return changed;
}
