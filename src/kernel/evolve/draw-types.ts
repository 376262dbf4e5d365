import { append } from '#collections';
import type { Random } from '#statistics';
import type { MeasuredQuantiles, Regime } from './regime.js';
import { reachedBy, type TypeGraph } from './type-graph.js';

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
    case 'version':
      return [
        ...typesOfKind(graph, 'observed'),
        ...typesOfKind(graph, 'signature').filter(() => random.float() < regime.signatures),
      ];
    case 'share':
      return typesForShare(graph, regime, random);
  }
}

type ShareRegime = Extract<Regime, { changes: 'share' }>;

/** The share at a random quantile, linear between the measured ones. */
function drawShare(quantiles: MeasuredQuantiles, random: Random): number {
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
function typesForShare(graph: TypeGraph, regime: ShareRegime, random: Random): number[] {
  const share = drawShare(regime.crcs, random);
  const wanted = Math.round(share * graph.symbols.length);
  const distance = (reach: number): number => Math.abs(reach - wanted);
  const base = regime.hidden > 0 ? [] : baseTypes(graph);
  const large = base.filter(({ reach }) => reach * 2 > wanted && wanted * 2 > reach);
  const [nearest] = large.sort((a, b) => distance(a.reach) - distance(b.reach));
  if (nearest !== undefined) return [nearest.type];
  return peripheralTypes(graph, wanted, regime.hidden, random);
}

function peripheralTypes(graph: TypeGraph, wanted: number, hidden: number, random: Random): number[] {
  const chosen: number[] = [];
  const reached = new Set<number>();
  const candidates = [...typesOfKind(graph, 'subsystem'), ...typesOfKind(graph, 'exporter')];
  // A single signature is the smallest change there is; it fills up what larger types would overshoot.
  const signatures = typesOfKind(graph, 'signature');
  for (let tries = 0; reached.size < wanted && tries < triesMax; tries++) {
    const [type] = drawnOf(wanted - reached.size > smallChange ? candidates : signatures, random);
    if (type === undefined) break;
    const symbols = symbolsOf(graph, type);
    const users = symbols.reduce((most, symbol) => Math.max(most, graph.users[symbol] ?? 0), 0);
    if (users > peripheralUsersMax || (users > 0 && random.float() < hidden)) continue;
    const added = symbols.filter((symbol) => !reached.has(symbol));
    if (reached.size + added.length > wanted * overshootMax + 1) continue;
    chosen.push(type);
    for (const symbol of added) reached.add(symbol);
  }
  return chosen;
}

/**
 * What changes below the base has few users: half of the updates of the 5.10 line change about 200 CRCs and break 28 kernel modules.
 * With types of more users these would be 190.
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
      append(symbols, type, symbol);
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
