import type { Decision, SolvableId } from '@opensuse/libsolv-wasm';
import { nearest } from '#errors';
import { compareEvr, parseEvr } from '#rpm';
import type { Reason, Why, WhyPackage } from '#run-document';
import type { Ending, Inquiry } from './inquiry.js';
import { needsOf } from './needs.js';
import { ReasonTree } from './reason-tree.js';
import { whyNot } from './why-not.js';
import { type Solving, World } from './world.js';

/** Versions of a name that an answer tells of; it counts all. */
const packagesMax = 8;
const nearestMax = 3;
const neededMax = 3;

/**
 * Why the packages that a text means (`e1000e-kmp-default`, `kernel-default = 6.1.187`, a capability) are there after a solve, or are not:
 * for what is there libsolv's own decisions back to requests, installed packages and hardware; for what is not, see `whyNot`.
 */
export function tellWhy(solving: Solving, ending: Ending, name: string): Why {
  const world = new World(solving.machine.pool);
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
  if (!ending.result.has(id) && !installed) return { nevra, repository, state: 'absent', ...whyNot(id, inquiry) };
  const state = ending.result.has(id) ? (installed ? 'stays' : 'comes') : 'goes';
  const tree = decided(id, inquiry);
  const because = state === 'stays' ? [...tree.because, ...neededBy(id, inquiry)] : tree.because;
  return { nevra, repository, state, tree: { ...tree, because }, obstacles: [], would: null };
}

/** Of a package that was there before libsolv only decides that it stays; who needs it says more. */
function neededBy(id: SolvableId, { ending, world }: Inquiry): Reason[] {
  const nevra = world.nevra(id) ?? '';
  const needs = needsOf(id, 'requires', world).filter(({ by }) => ending.result.has(by));
  return needs.slice(0, neededMax).map(({ by, dependency }, index) => {
    const owner = world.package(by);
    const there = owner?.installed === true ? 'is installed' : 'comes';
    const left = index === neededMax - 1 ? needs.length - neededMax : 0;
    const more = left > 0 ? `; so do ${left} more packages` : '';
    return {
      kind: 'requires',
      package: nevra,
      installed: true,
      by: owner?.nevra ?? null,
      dependencies: [dependency],
      dependenciesTotal: 1,
      text: `${owner?.nevra}, which ${there}, requires ${dependency}, which ${nevra} provides${more}`,
      because: [],
    };
  });
}

/** The tree of decisions behind one package. Without a solution libsolv decided nothing: what is installed stays. */
function decided(id: SolvableId, { solving, ending, world }: Inquiry): WhyPackage['tree'] {
  const nevra = world.nevra(id) ?? '';
  const stays = { by: null, dependencies: [], dependenciesTotal: 0, because: [], package: nevra, installed: true };
  if (!ending.solved) {
    return {
      ...stays,
      kind: 'kept',
      text: `${nevra} is installed, and the request has no solution that would change that`,
    };
  }
  const decisions = new LazyDecisions(solving);
  const own = decisions.of(id);
  return own === null
    ? { ...stays, kind: 'kept', text: `${nevra} is installed and nothing speaks against its staying` }
    : new ReasonTree(solving, world, decisions).under(own);
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
