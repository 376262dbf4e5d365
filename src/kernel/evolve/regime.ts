import { InputError } from '#errors';
import type { Random } from '#statistics';
import { reachedBy, type TypeGraph } from './type-graph.js';

/**
 * How a kernel line is maintained, as far as its kABI can tell.
 */
export type Regime = {
  readonly name: string;
  readonly description: string;
  /** Symbols that an update adds to the image, and those it takes away: ones whose last user is gone. */
  readonly adds: number;
  readonly loses: number;
} & (MeasuredChanges | { readonly changes: 'nothing' | 'one-driver' | 'base' | 'everything' });

interface MeasuredChanges {
  readonly changes: 'share';
  /** The measured distribution of the share of CRCs, 0 to 1, that one update changes. */
  readonly quantiles: readonly (readonly [quantile: number, share: number])[];
  readonly source: string;
  /** Whether changes are kept away from symbols that others use; see `peripheralUsersMax`. */
  readonly guarded: boolean;
}

/**
 * Measured on Module.symvers of successive builds: 47 updates of SUSE kernels from 2.6.32 to 4.12 where kABI is maintained, 66 of a 5.10
 * line without that promise, 9 of Debian's 6.1.
 */
export const regimes: readonly Regime[] = [
  {
    name: 'kabi-maintained',
    description:
      'an enterprise kernel: changes of the base are hidden from genksyms, only few and peripheral CRCs change',
    adds: 8,
    loses: 0,
    changes: 'share',
    guarded: true,
    quantiles: [
      [0, 0],
      [0.5, 0.0035],
      [0.75, 0.0085],
      [0.9, 0.0184],
      [1, 0.03],
    ],
    source: '47 updates of SUSE kernels, 2.6.32 to 4.12',
  },
  {
    name: 'stable',
    description: 'a long-term kernel without a promise: most updates change little, a third of them a core structure',
    adds: 6,
    loses: 1,
    changes: 'share',
    guarded: false,
    quantiles: [
      [0, 0],
      [0.25, 0.0004],
      [0.5, 0.0094],
      [0.75, 0.29],
      [0.9, 0.67],
      [1, 0.76],
    ],
    source: '66 updates of a 5.10 line',
  },
  {
    name: 'debian',
    description: 'stable updates several releases at a time, as a distribution ships them',
    adds: 5,
    loses: 1,
    changes: 'share',
    guarded: false,
    quantiles: [
      [0, 0],
      [0.25, 0.0007],
      [0.375, 0.142],
      [0.5, 0.306],
      [0.625, 0.35],
      [0.75, 0.741],
      [1, 0.764],
    ],
    source: '9 updates of Debian 6.1.0, -47 to -56',
  },
  { name: 'security-fix', description: 'one driver is fixed; no type changes', adds: 0, loses: 0, changes: 'nothing' },
  { name: 'new-symbols', description: 'symbols are added and none changes', adds: 40, loses: 0, changes: 'nothing' },
  {
    name: 'driver-update',
    description: 'one exporting driver gets a new version, and its own types change',
    adds: 2,
    loses: 0,
    changes: 'one-driver',
  },
  {
    name: 'core-struct',
    description: 'struct module itself changes: module_layout gets a new CRC',
    adds: 5,
    loses: 1,
    changes: 'base',
  },
  {
    name: 'service-pack',
    description: 'a new kernel version: every type of the base and every signature may change',
    adds: 800,
    loses: 300,
    changes: 'everything',
  },
];

/** @throws InputError `missing` with the names that exist */
export function regimeNamed(name: string): Regime {
  const found = regimes.find((regime) => regime.name === name);
  if (found !== undefined) return found;
  throw new InputError('missing', `there is no regime ${name}`, {
    expected: `one of ${regimes.map((known) => known.name).join(', ')}`,
  });
}

/** Which types an update changes. The symbols that follow are `reachedBy`. */
export function drawChangedTypes(graph: TypeGraph, regime: Regime, random: Random): number[] {
  switch (regime.changes) {
    case 'nothing':
      return [];
    case 'one-driver':
      return drawnOf(typesOfKind(graph, 'exporter'), random);
    case 'base':
      return baseTypes(graph)
        .slice(0, 1)
        .map(({ type }) => type);
    case 'everything':
      return graph.types.flatMap((type, index) =>
        type.kind === 'observed' || type.kind === 'signature' ? [index] : [],
      );
    case 'share':
      return typesForShare(graph, regime, random);
  }
}

/** The share at a random quantile, linear between the measured ones. */
function drawShare(quantiles: readonly (readonly [number, number])[], random: Random): number {
  const at = random.float();
  const above = quantiles.findIndex(([quantile]) => quantile >= at);
  const [q1, s1] = quantiles[above] ?? [1, 0];
  const [q0, s0] = quantiles[above - 1] ?? [0, 0];
  return q1 === q0 ? s1 : s0 + ((s1 - s0) * (at - q0)) / (q1 - q0);
}

/**
 * Types that together change about that share of all CRCs. Large shares come from a single type of the base, as in reality: the
 * observed one that comes nearest. What is smaller than the smallest of these is made up of peripheral types.
 */
function typesForShare(graph: TypeGraph, regime: MeasuredChanges, random: Random): number[] {
  const share = drawShare(regime.quantiles, random);
  const wanted = Math.round(share * graph.symbols.length);
  const distance = (reach: number): number => Math.abs(reach - wanted);
  const base = regime.guarded ? [] : baseTypes(graph);
  const large = base.filter(({ reach }) => reach * 2 > wanted && wanted * 2 > reach);
  const [nearest] = large.sort((a, b) => distance(a.reach) - distance(b.reach));
  if (nearest !== undefined) return [nearest.type];
  return peripheralTypes(graph, wanted, regime.guarded, random);
}

function peripheralTypes(graph: TypeGraph, wanted: number, guarded: boolean, random: Random): number[] {
  const chosen: number[] = [];
  const reached = new Set<number>();
  const candidates = [...typesOfKind(graph, 'subsystem'), ...typesOfKind(graph, 'exporter')];
  // A single signature is the smallest change there is; it fills up what larger types would overshoot.
  const signatures = typesOfKind(graph, 'signature');
  for (let tries = 0; reached.size < wanted && tries < triesMax; tries++) {
    const [type] = drawnOf(wanted - reached.size > smallChange ? candidates : signatures, random);
    if (type === undefined) break;
    const symbols = symbolsOf(graph, type);
    if (guarded && symbols.some((symbol) => (graph.users[symbol] ?? 0) > peripheralUsersMax)) continue;
    const added = symbols.filter((symbol) => !reached.has(symbol));
    if (reached.size + added.length > wanted * overshootMax + 1) continue;
    chosen.push(type);
    for (const symbol of added) reached.add(symbol);
  }
  return chosen;
}

/**
 * Under a kABI promise a type whose symbols somebody may use is changed so that genksyms does not see it (padding, `__GENKSYMS__`). What
 * remains are symbols without users, or with a single one that ships with the kernel.
 */
const peripheralUsersMax = 1;

const triesMax = 20_000;
const smallChange = 8;
const overshootMax = 1.1;

const reachOfGraph = new WeakMap<TypeGraph, readonly { type: number; reach: number }[]>();
const symbolsOfGraph = new WeakMap<TypeGraph, Map<number, readonly number[]>>();

/** The observed types, the one of module_layout first, then by falling reach. */
function baseTypes(graph: TypeGraph): { type: number; reach: number }[] {
  const known = reachOfGraph.get(graph);
  if (known !== undefined) return [...known];
  const layout = graph.symbols.indexOf('module_layout');
  const ofLayout = new Set(graph.signatures[layout] ?? []);
  const found = typesOfKind(graph, 'observed')
    .map((type) => ({ type, reach: reachedBy(graph, [type]).length }))
    .sort((a, b) => Number(ofLayout.has(b.type)) - Number(ofLayout.has(a.type)) || b.reach - a.reach);
  reachOfGraph.set(graph, found);
  return [...found];
}

function symbolsOf(graph: TypeGraph, type: number): readonly number[] {
  let known = symbolsOfGraph.get(graph);
  if (known === undefined) {
    known = directSymbols(graph);
    symbolsOfGraph.set(graph, known);
  }
  const own = known.get(type) ?? [];
  const contained = (graph.containers[type] ?? []).flatMap((container) => symbolsOf(graph, container));
  return contained.length === 0 ? own : [...own, ...contained];
}

function directSymbols({ signatures }: TypeGraph): Map<number, number[]> {
  const symbols = new Map<number, number[]>();
  for (const [symbol, signature] of signatures.entries()) {
    for (const type of signature) {
      const list = symbols.get(type);
      if (list === undefined) symbols.set(type, [symbol]);
      else list.push(symbol);
    }
  }
  return symbols;
}

type Kind = TypeGraph['types'][number]['kind'];
const kindsOfGraph = new WeakMap<TypeGraph, Map<Kind, number[]>>();

/** Found once for each graph: hundreds of updates are drawn from one. */
function typesOfKind(graph: TypeGraph, kind: Kind): readonly number[] {
  const known = kindsOfGraph.get(graph) ?? new Map<Kind, number[]>();
  kindsOfGraph.set(graph, known);
  const found = known.get(kind) ?? graph.types.flatMap((type, index) => (type.kind === kind ? [index] : []));
  known.set(kind, found);
  return found;
}

/** One of the candidates, none where there is none. */
function drawnOf(candidates: readonly number[], random: Random): number[] {
  const drawn = candidates.length === 0 ? undefined : candidates[random.below(candidates.length)];
  return drawn === undefined ? [] : [drawn];
}
