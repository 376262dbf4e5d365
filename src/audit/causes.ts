import { append } from '#collections';
import { type LoaderPolicy, type RootCause, type RootCauses, widest } from '#run-document';
import { judgeLoading, type LoaderVerdict } from './loader.js';
import type { BootableKernel, InstalledModule } from './payload.js';
import type { KernelView } from './view.js';

/** What of the installed kernel modules a kernel's symbols keep from being loaded, and because of which symbols. */
export interface SymbolRefusals {
  readonly kernelModules: number;
  readonly causes: RootCauses;
}

/**
 * Takes the kernel modules that a kernel sees and, of the names it does not see, the newest of the other kernels' ones, as if their
 * script had linked them: those of the last are the kernel modules an update of the kernel alone would leave behind. For each symbol that
 * this kernel has otherwise or not at all: who imports it, and who imports from one of these, directly or not.
 */
export function symbolRefusals(
  kernel: BootableKernel,
  { visible, verdict }: KernelView,
  installed: readonly InstalledModule[],
  policy: LoaderPolicy,
): SymbolRefusals {
  const others = unseen(visible, installed, kernel);
  const { refused } = others.length === 0 ? verdict : judgeLoading(kernel, [...visible, ...others], policy);
  const faults = new Faults(refused);
  const { kernelModules, tallies } = faults.tally();
  const causes = tallies.map(
    ({ symbol, direct, through }): RootCause => ({
      cause: { kind: 'symbol', symbol, kernel: kernel.release },
      problems: 0,
      packages: 0,
      direct,
      through,
      scenarios: [],
    }),
  );
  return { kernelModules, causes: widest(causes) };
}

/** Kernel modules of other kernels of a name that this one has not got, one of each name: the one installed last. */
function unseen(
  visible: readonly InstalledModule[],
  installed: readonly InstalledModule[],
  { release, flavor }: BootableKernel,
): InstalledModule[] {
  const seen = new Set(visible.map(({ kernelModule }) => kernelModule.name));
  const others = installed.filter(
    (installedModule) => installedModule.release !== release && installedModule.flavor === flavor,
  );
  return [
    ...new Map(
      others
        .filter(({ kernelModule }) => !seen.has(kernelModule.name))
        .map((other) => [other.kernelModule.name, other]),
    ).values(),
  ];
}

/**
 * The symbols at which each refused kernel module fails, as a set of bits: by itself first, then those of the exporters that it needs. Of
 * 4,000 kernel modules and as many symbols, sets of names would take longer than the audit itself.
 */
class Faults {
  readonly #symbols: string[] = [];
  readonly #own = new Map<InstalledModule, readonly number[]>();
  readonly #reached = new Map<InstalledModule, Uint32Array>();

  constructor(refused: LoaderVerdict['refused']) {
    const numbers = new Map<string, number>();
    for (const [one, refusal] of refused) {
      if (refusal.reason !== 'symbols') continue;
      const own = refusal.imports.filter(({ why }) => why === 'version' || why === 'unknown');
      if (own.length === 0) continue;
      for (const { symbol } of own) if (!numbers.has(symbol)) numbers.set(symbol, this.#symbols.push(symbol) - 1);
      this.#own.set(
        one,
        own.map(({ symbol }) => numbers.get(symbol) ?? 0),
      );
    }
    for (const [one, symbols] of this.#own) {
      const bits = this.#bitsOf(one);
      for (const symbol of symbols) bits[symbol >>> 5] = (bits[symbol >>> 5] ?? 0) | (1 << (symbol & 31));
    }
    this.#spread(refusedImporters(refused));
  }

  tally(): { readonly kernelModules: number; readonly tallies: { symbol: string; direct: number; through: number }[] } {
    const direct = new Uint32Array(this.#symbols.length);
    const all = new Uint32Array(this.#symbols.length);
    for (const symbols of this.#own.values()) for (const symbol of symbols) direct[symbol] = (direct[symbol] ?? 0) + 1;
    for (const bits of this.#reached.values()) {
      bits.forEach((word, at) => {
        for (let left = word; left !== 0; left &= left - 1) {
          const symbol = (at << 5) + (31 - Math.clz32(left & -left));
          all[symbol] = (all[symbol] ?? 0) + 1;
        }
      });
    }
    const tallies = this.#symbols.map((symbol, index) => {
      const own = direct[index] ?? 0;
      return { symbol, direct: own, through: (all[index] ?? 0) - own };
    });
    return { kernelModules: this.#reached.size, tallies };
  }

  /** Hands the symbols on from exporters to importers until nothing is new: exact where kernel modules need each other too. */
  #spread(importers: ReadonlyMap<InstalledModule, readonly InstalledModule[]>): void {
    const waiting = new Set(this.#own.keys());
    // A set that is iterated yields once more what is taken out of it and put in again.
    for (const exporter of waiting) {
      waiting.delete(exporter);
      const from = this.#bitsOf(exporter);
      for (const importer of importers.get(exporter) ?? [])
        if (addBits(this.#bitsOf(importer), from)) waiting.add(importer);
    }
  }

  #bitsOf(installedModule: InstalledModule): Uint32Array {
    const known = this.#reached.get(installedModule);
    if (known !== undefined) return known;
    const bits = new Uint32Array((this.#symbols.length + 31) >>> 5);
    this.#reached.set(installedModule, bits);
    return bits;
  }
}

/** Whether anything was new. */
function addBits(to: Uint32Array, from: Uint32Array): boolean {
  let added = false;
  for (let at = 0; at < from.length; at += 1) {
    const before = to[at] ?? 0;
    const after = (before | (from[at] ?? 0)) >>> 0;
    if (after === before) continue;
    to[at] = after;
    added = true;
  }
  return added;
}

function refusedImporters(refused: LoaderVerdict['refused']): Map<InstalledModule, InstalledModule[]> {
  const exporters = new Map<string, InstalledModule>();
  for (const installedModule of refused.keys())
    for (const { name } of installedModule.kernelModule.exports) exporters.set(name, installedModule);
  const importers = new Map<InstalledModule, InstalledModule[]>();
  for (const importer of refused.keys()) {
    const needed = new Set(importer.kernelModule.imports.flatMap(({ name }) => exporters.get(name) ?? []));
    for (const exporter of needed) {
      if (exporter === importer) continue;
      append(importers, exporter, importer);
    }
  }
  return importers;
}
