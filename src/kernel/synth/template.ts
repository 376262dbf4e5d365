import type { ExportedSymbol, KernelBuild, KernelModule } from '../build.js';

/** The exporter of a symbol: a kernel module's place in the template, or the image. */
export const image = -1;

export interface TemplateSymbol {
  readonly symbol: ExportedSymbol;
  readonly exporter: number;
  /** How many kernel modules import it. */
  readonly users: number;
  /** Whether all generations use one and the same; see `sharedUsersMin`. */
  readonly shared: boolean;
}

/** A build prepared for being multiplied. Numbers are places in `modules` and `symbols`. */
export interface Template {
  readonly build: KernelBuild;
  readonly modules: readonly KernelModule[];
  readonly symbols: readonly TemplateSymbol[];
  readonly exportsOf: readonly (readonly number[])[];
  readonly importsOf: readonly (readonly number[])[];
  /** Kernel modules whose symbols each one imports, or that it names where the build has no imports. */
  readonly needs: readonly (readonly number[])[];
  /** The buses and frameworks that everything builds on, closed under `needs`. There is one of each, however large the build. */
  readonly core: ReadonlySet<number>;
}

/**
 * From this many users on, a symbol of the image or an exporting kernel module belongs to the base that a kernel has once (kmalloc,
 * usbcore): a larger kernel has more users of it, not more of it. Below, a larger kernel has more of its kind.
 */
const sharedUsersMin = 10;
const coreDependentsMin = 25;

export function templateOf(build: KernelBuild): Template {
  const { modules } = build;
  const users = new Map<string, number>();
  for (const { imports } of modules) for (const { name } of imports) users.set(name, (users.get(name) ?? 0) + 1);
  const known = new Map<string, number>();
  const owned: { symbol: ExportedSymbol; exporter: number }[] = [];
  const add = (symbol: ExportedSymbol, exporter: number): number => {
    const index = owned.push({ symbol, exporter }) - 1;
    if (!known.has(symbol.name)) known.set(symbol.name, index);
    return index;
  };
  for (const symbol of build.image.exports) add(symbol, image);
  const exportsOf = modules.map(({ exports }, exporter) => exports.map((symbol) => add(symbol, exporter)));
  // An import that nothing exports is taken for one of the image, as an inferred list of exports would have it.
  const importsOf = modules.map(({ imports }) =>
    imports.map(({ name, crc }) => known.get(name) ?? add({ name, crc, gplOnly: false, namespace: null }, image)),
  );
  const needs = build.modversions
    ? importsOf.map((imports, index) => [
        ...new Set(
          imports.map((symbol) => owned[symbol]?.exporter ?? image).filter((by) => by !== image && by !== index),
        ),
      ])
    : declaredNeeds(modules);
  const core = coreOf(needs);
  const symbols = owned.map(({ symbol, exporter }) => {
    const symbolUsers = users.get(symbol.name) ?? 0;
    const shared = exporter === image ? symbolUsers >= sharedUsersMin : core.has(exporter);
    return { symbol, exporter, users: symbolUsers, shared };
  });
  return { build, modules, symbols, exportsOf, importsOf, needs, core };
}

/** Without checksums there are no imports: what a kernel module needs is then in its `depends` alone. */
function declaredNeeds(modules: readonly KernelModule[]): number[][] {
  const places = new Map(modules.map(({ name }, index) => [name, index]));
  return modules.map(({ depends }, index) => [
    ...new Set(depends.flatMap((name) => places.get(name) ?? []).filter((by) => by !== index)),
  ]);
}

function coreOf(needs: readonly (readonly number[])[]): Set<number> {
  const dependents = new Uint32Array(needs.length);
  for (const list of needs) for (const index of list) dependents[index] = (dependents[index] ?? 0) + 1;
  const hubs = [...needs.keys()].filter((index) => (dependents[index] ?? 0) >= coreDependentsMin);
  return closure(hubs, needs, new Set());
}

/** `starts` and all they need, but for what is in `without`. */
export function closure(
  starts: readonly number[],
  needs: readonly (readonly number[])[],
  without: ReadonlySet<number>,
): Set<number> {
  const found = new Set<number>();
  const pending = starts.filter((index) => !without.has(index));
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    for (const needed of needs[index] ?? []) if (!found.has(needed) && !without.has(needed)) pending.push(needed);
  }
  return found;
}
