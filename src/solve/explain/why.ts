import type { Decision, SolvableId } from '@opensuse/libsolv-wasm';
import { nearest } from '#errors';
import { compareEvr, parseEvr } from '#rpm';
import type { Why, WhyPackage } from '#run-document';
import { neededBy } from './needs.js';
import { reasonTree } from './reason-tree.js';
import { type Branch, finding, reasonsOf } from './reasons.js';
import { whyNot } from './why-not.js';
import { type Ending, type Inquiry, type Solving, World } from './world.js';

/** Versions of a name that an answer tells of; it counts all. */
const packagesMax = 8;
const nearestMax = 3;

/**
 * Why the packages that a text means (`e1000e-kmp-default`, `kernel-default = 6.1.187`, a capability) are there after a solve, or are not:
 * for what is there libsolv's own decisions back to requests, installed packages and hardware; for what is not, see `whyNot`.
 */
export function tellWhy(solving: Solving, ending: Ending, name: string): Why {
  const world = new World(solving);
  const meant = packagesMeant(name, solving, ending, world);
  return {
    name,
    packages: meant.slice(0, packagesMax).map((id) => whyPackage(id, { solving, ending, world })),
    packagesTotal: meant.length,
    nearest: meant.length > 0 ? [] : nearestNames(name, world),
  };
}

function whyPackage(id: SolvableId, inquiry: Inquiry): WhyPackage {
  const { ending, world } = inquiry;
  const pkg = world.package(id);
  const nevra = pkg?.nevra ?? '';
  const repository = pkg?.repo.name ?? '';
  const installed = pkg?.installed ?? false;
  if (!ending.result.has(id) && !installed) {
    const { tree, obstacles, would } = whyNot(id, inquiry);
    return { nevra, repository, state: 'absent', reasons: reasonsOf(tree), obstacles, would };
  }
  const state = ending.result.has(id) ? (installed ? 'stays' : 'comes') : 'goes';
  const tree = decided(id, inquiry);
  const because = state === 'stays' ? [...tree.because, ...neededBy(id, inquiry)] : tree.because;
  return { nevra, repository, state, reasons: reasonsOf({ ...tree, because }), obstacles: [], would: null };
}

/** The tree of decisions behind one package. Without a solution libsolv decided nothing: what is installed stays. */
function decided(id: SolvableId, inquiry: Inquiry): Branch {
  const { solving, ending, world } = inquiry;
  const kept = (why: 'unsolvable' | 'free'): Branch => {
    const nevra = world.nevraOf(id);
    return { ...finding({ kind: 'kept', package: nevra, why }), decides: { package: nevra, installed: true } };
  };
  if (!ending.solved) return kept('unsolvable');
  const decisions = new LazyDecisions(solving);
  const own = decisions.of(id);
  return own === null ? kept('free') : reasonTree(own, decisions, inquiry);
}

/** Decisions as they are asked for: the list of all would hold every symbol of every package. */
export class LazyDecisions {
  readonly #known = new Map<SolvableId, Decision>();
  readonly #solving: Solving;

  constructor(solving: Solving) {
    this.#solving = solving;
  }

  readonly of = (id: SolvableId): Decision | null => {
    if (!this.#known.has(id)) {
      for (const decision of this.#solving.solver.why([id])) {
        if (decision.solvable !== null) this.#known.set(decision.solvable, decision);
      }
    }
    return this.#known.get(id) ?? null;
  };

  readonly learnt = (rule: Parameters<Solving['solver']['learntProof']>[0]): readonly Decision[] =>
    this.#solving.solver.learntProof(rule);
}

/** By name first; a text that is no name is a capability. A package that is installed and offered again is told of once. */
function packagesMeant(name: string, { machine }: Solving, { result }: Ending, world: World): SolvableId[] {
  const { pool, priorityOf } = machine;
  const named = pool.select(name, ['name', 'rel', 'dotarch']).solvables;
  const ids = named.length > 0 ? named : pool.whatProvides(name);
  const packages = ids.flatMap((id) => world.package(id) ?? []);
  const sorted = [...packages].sort(
    (a, b) =>
      Number(result.has(b.id)) - Number(result.has(a.id)) ||
      Number(b.installed) - Number(a.installed) ||
      priorityOf(a) - priorityOf(b) ||
      compareEvr(parseEvr(b.evr), parseEvr(a.evr)),
  );
  const first = new Map(sorted.toReversed().map((pkg) => [pkg.nevra, pkg.id]));
  return sorted.filter(({ nevra, id }) => first.get(nevra) === id).map(({ id }) => id);
}

function nearestNames(name: string, { pool }: World): string[] {
  const names = [...new Set(pool.packages(pool.solvables()).map((pkg) => pkg.name))].sort();
  const found: string[] = [];
  for (let rest = names; found.length < nearestMax; ) {
    const next = nearest(name, rest);
    if (next === null) break;
    found.push(next);
    rest = rest.filter((other) => other !== next);
  }
  return found;
}
