import { type Random, seededRandom } from '#statistics';
import type { Crc, ExportedSymbol, ImportedSymbol, KernelBuild, KernelModule } from '../build.js';
import { shuffled } from '../synth/select.js';
import { drawChangedTypes } from './draw-types.js';
import { loadObservedReach, type ObservedReach } from './observed.js';
import { type Regime, regimeNamed } from './regime.js';
import { turnOver } from './turnover.js';
import { reachedBy, typeGraphOf } from './type-graph.js';

export interface EvolveOptions {
  /** One of `regimes`. */
  readonly regime: string;
  readonly seed: number;
}

/** Kernel modules' files change size from build to build by at most this. */
const sizeChangeShare = 0.01;

/**
 * The next build of a kernel, real or synthetic: some types change, as the regime has it, and with them the CRC of every symbol that
 * reaches one of them, in the image and in kernel modules alike; every import follows its exporter, because a build is compiled as a whole.
 * The image gains symbols, and loses some that nobody uses; a new version of the kernel turns kernel modules over too. The same build and options give the same successor on every machine.
 *
 * @throws InputError `missing` for an unknown regime
 */
export async function evolveKernel(build: KernelBuild, { regime, seed }: EvolveOptions): Promise<KernelBuild> {
  const chosen = regimeNamed(regime);
  return evolve(build, chosen, seed, await loadObservedReach());
}

export function evolve(build: KernelBuild, regime: Regime, seed: number, observed: ObservedReach): KernelBuild {
  const random = seededRandom(seed);
  const graph = typeGraphOf(build, observed);
  const reached = reachedBy(graph, drawChangedTypes(graph, regime, random));
  const crcs = new Map<string, Crc>();
  for (const index of reached) {
    const name = graph.symbols[index];
    if (name !== undefined && !crcs.has(name)) crcs.set(name, random.uint32() || 1);
  }
  const release = nextRelease(build);
  const revision = nextNumber(build.revision);
  const added = Array.from({ length: regime.adds }, (_, index): ExportedSymbol => {
    const name = `added_${revision.replace(/\W/g, '_')}_${index}`;
    return { name, crc: build.modversions ? random.uint32() || 1 : null, gplOnly: true, namespace: null };
  });
  const vermagic = (old: string | null): string | null => old?.replace(build.release, release) ?? null;
  const followed = new Map<ImportedSymbol, ImportedSymbol>();
  const follow = (symbol: ImportedSymbol): ImportedSymbol => {
    const known = followed.get(symbol);
    if (known !== undefined) return known;
    const crc = crcs.get(symbol.name);
    const next = crc === undefined ? symbol : { name: symbol.name, crc };
    followed.set(symbol, next);
    return next;
  };
  const renew = (symbol: ExportedSymbol): ExportedSymbol => {
    const crc = crcs.get(symbol.name);
    return crc === undefined || symbol.crc === null ? symbol : { ...symbol, crc };
  };
  const { source: _source, ...head } = build;
  const next: KernelBuild = {
    ...head,
    release,
    revision,
    image: { ...build.image, exports: merged(withoutUnused(build, regime.loses, random).map(renew), added) },
    // Each build has its own key, which nobody knows in advance.
    modules: build.modules.map(({ signature: _signature, ...module }): KernelModule => {
      const resize = 1 + (2 * random.float() - 1) * sizeChangeShare;
      return {
        ...module,
        bytes: Math.round((module.bytes * resize) / 8) * 8,
        compressedBytes: module.compressedBytes === null ? null : Math.round(module.compressedBytes * resize),
        exports: module.exports.map(renew),
        imports: module.imports.map(follow),
        vermagic: vermagic(module.vermagic),
      };
    }),
    source: { kind: 'evolved', files: [{ name: `${build.release}, ${regime.name}, seed ${seed}`, sha256: null }] },
  };
  return regime.turnover === undefined ? next : turnOver(next, regime.turnover, random);
}

/** The image's exports but for some that no kernel module imports: symbols go when their last user does. */
function withoutUnused({ image, modules }: KernelBuild, count: number, random: Random): readonly ExportedSymbol[] {
  if (count === 0) return image.exports;
  const used = new Set(modules.flatMap(({ imports }) => imports.map(({ name }) => name)));
  const unused = image.exports.filter(({ name }) => !used.has(name));
  const lost = new Set<ExportedSymbol>();
  for (const index of shuffled(unused.length, random).slice(0, count)) {
    const symbol = unused[index];
    if (symbol !== undefined) lost.add(symbol);
  }
  return image.exports.filter((symbol) => !lost.has(symbol));
}

function merged(exports: readonly ExportedSymbol[], added: readonly ExportedSymbol[]): ExportedSymbol[] {
  const names = new Set(exports.map(({ name }) => name));
  return [...exports, ...added.filter(({ name }) => !names.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `6.1.0-56-amd64` to `6.1.0-57-amd64`: the last number before the flavor, which is where distributions count. */
function nextRelease({ release }: KernelBuild): string {
  const dash = release.lastIndexOf('-');
  return dash === -1 ? nextNumber(release) : nextNumber(release.slice(0, dash)) + release.slice(dash);
}

/** The last number of a text, one up; `.1` is put behind a text without any. */
function nextNumber(text: string): string {
  const [, head, digits, tail] = /^(.*?)(\d+)(\D*)$/s.exec(text) ?? [];
  return head === undefined || digits === undefined ? `${text}.1` : `${head}${Number(digits) + 1}${tail ?? ''}`;
}
