import { append } from '#collections';
import type { UnmetSymbol } from '#run-document';
import { type StatedPackage, type SymbolVersion, symbolsIn } from './package.js';

/** Which packages fit one kernel, and why the others do not. */
export interface Fit {
  readonly fitting: ReadonlySet<Driver>;
  /** For each that does not fit and is not simply another kernel's: what is unmet. */
  readonly unmet: ReadonlyMap<Driver, readonly UnmetSymbol[]>;
}

/** A driver package, its symbols read once. */
export interface Driver {
  readonly stated: StatedPackage;
  readonly kernelModules: readonly string[];
  readonly wanted: ReadonlyMap<string, SymbolVersion>;
  readonly provided: ReadonlyMap<string, SymbolVersion>;
}

/**
 * Packages that go with a kernel: those that require it exactly, and those whose every symbol the kernel, or another one that goes
 * with it, provides with the same checksum. Requirements met only by a package that does not go with it do not count, though
 * rpm and libsolv are content with them. Where several packages export one symbol any of them will do: which one is seen says a
 * look at the files.
 */
export function fitOf(kernel: StatedPackage, kernels: readonly StatedPackage[], drivers: readonly Driver[]): Fit {
  const isTied = tieFinder(kernel, kernels);
  const available = new Map([...symbolsIn(kernel.provides)].map(([symbol, crc]) => [symbol, [crc]]));
  const fitting = new Set<Driver>();
  const add = (driver: Driver): void => {
    fitting.add(driver);
    for (const [symbol, crc] of driver.provided) append(available, symbol, crc);
  };
  const isMet = ({ provided }: Driver, symbol: string, wanted: SymbolVersion): boolean =>
    (available.get(symbol) ?? []).some((crc) => goesWith(crc, wanted)) ||
    (provided.has(symbol) && goesWith(provided.get(symbol) ?? null, wanted));
  let undecided: Driver[] = [];
  for (const driver of drivers) {
    const tie = isTied(driver.stated);
    if (tie === 'this' && driver.wanted.size === 0) add(driver);
    else if (tie !== 'other' && driver.wanted.size > 0) undecided.push(driver);
  }
  for (let before = -1; undecided.length !== before; ) {
    before = undecided.length;
    undecided = undecided.filter((driver) => {
      for (const [symbol, crc] of driver.wanted) if (!isMet(driver, symbol, crc)) return true;
      add(driver);
      return false;
    });
  }
  const unmetOf = (driver: Driver): UnmetSymbol[] =>
    [...driver.wanted]
      .filter(([symbol, crc]) => !isMet(driver, symbol, crc))
      .map(([symbol, wanted]) => ({
        symbol,
        wanted,
        found: available.get(symbol)?.[0] ?? driver.provided.get(symbol) ?? null,
      }));
  return { fitting, unmet: new Map(undecided.map((driver) => [driver, unmetOf(driver)])) };
}

/** As rpm has it: what says nothing of a version goes with all of them. */
function goesWith(found: SymbolVersion, wanted: SymbolVersion): boolean {
  return found === null || wanted === null || found === wanted;
}

/** Whether a package requires exactly this kernel, exactly another one, or none: `kernel-uname-r = …`, `kernel-default_x86_64 = V-R`. */
function tieFinder(
  kernel: StatedPackage,
  kernels: readonly StatedPackage[],
): (statedPackage: StatedPackage) => 'this' | 'other' | 'none' {
  const exact = (provides: readonly string[]): string[] => provides.filter((text) => /^[^\s()]+ = \S+$/.test(text));
  const own = new Set(exact(kernel.provides));
  const others = new Set(
    kernels.filter((statedPackage) => statedPackage !== kernel).flatMap(({ provides }) => exact(provides)),
  );
  return ({ requires }) => {
    let tie: 'this' | 'other' | 'none' = 'none';
    for (const text of requires) {
      if (own.has(text) && !others.has(text)) return 'this';
      if (others.has(text) && !own.has(text)) tie = 'other';
    }
    return tie;
  };
}

/** Flavors that `ksym(flavor:…)` names; Red Hat's symbols have none. */
export function flavorsOf(symbols: ReadonlyMap<string, SymbolVersion>): ReadonlySet<string> {
  const flavors = new Set<string>();
  for (const symbol of symbols.keys()) {
    const colon = symbol.startsWith('ksym(') ? symbol.indexOf(':') : -1;
    if (colon > 0) flavors.add(symbol.slice('ksym('.length, colon));
  }
  return flavors;
}
