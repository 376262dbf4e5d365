import { type SolvableId, systemSolvable } from '@opensuse/libsolv-wasm';
import type { StatementOf } from '#run-document';
import { needsOf } from './needs.js';
import { type Branch, finding, listedOf } from './reasons.js';
import type { Inquiry } from './world.js';

/** How one supplements stands at the end: what of it is there. */
interface Standing {
  readonly dependency: string;
  readonly hardware: boolean;
  readonly packages: boolean;
}

/** What the package's weak dependencies came to: hardware that is not here, what it supplements not installed, or left out all the same. */
export function weakReasons(id: SolvableId, inquiry: Inquiry): Branch[] {
  return [...supplementReasons(id, inquiry), ...recommendReasons(id, inquiry)];
}

function supplementReasons(id: SolvableId, inquiry: Inquiry): Branch[] {
  const { world } = inquiry;
  const nevra = world.nevraOf(id);
  const standings = (world.pool.dependencies([id], 'supplements')[0] ?? []).map((dependency) =>
    standing(dependency, inquiry),
  );
  if (standings.length === 0) return [];
  const listed = (some: readonly Standing[]) => listedOf(some.map(({ dependency }) => dependency));
  const holds = standings.filter(({ hardware, packages }) => hardware && packages);
  if (holds.length > 0) {
    return [finding({ kind: 'withheld', package: nevra, ...listed(holds), ...withheldFor(id, inquiry) })];
  }
  const here = standings.filter(({ hardware }) => hardware);
  if (here.length > 0) return [finding({ kind: 'notSupplemented', package: nevra, ...listed(here) })];
  return [finding({ kind: 'noHardware', package: nevra, patterns: standings.length })];
}

/** libsolv's two filters over what would be recommended (solver.c: solver_addrecommendedorsuggested… and bnc#501088). */
function withheldFor(
  id: SolvableId,
  { solving, ending, world }: Inquiry,
): Pick<StatementOf<'withheld'>, 'why' | 'other'> {
  const pkg = world.package(id);
  const other = world
    .named(pkg?.name ?? '')
    .find((packageInfo) => packageInfo.id !== id && ending.result.has(packageInfo.id));
  if (other !== undefined) return { why: 'otherVersion', other: other.nevra };
  return { why: solving.request.verb === 'inr' ? 'unknown' : 'before', other: null };
}

function recommendReasons(id: SolvableId, { ending, solving, world }: Inquiry): Branch[] {
  const by = needsOf(id, 'recommends', world).filter((need) => ending.result.has(need.by));
  const [first] = by;
  if (first === undefined) return [];
  return [
    finding({
      kind: 'notFollowed',
      by: world.nevraOf(first.by),
      dependency: first.dependency,
      others: by.length - 1,
      why: solving.request.noRecommends ? 'noRecommends' : 'oldOrMet',
    }),
  ];
}

/** A supplements as `(kernel-default and namespace:modalias(pci:…))` taken apart: its hardware part, and the part that is packages. */
function standing(dependency: string, { ending, world }: Inquiry): Standing {
  const parts = conjuncts(dependency);
  const hardware = parts.filter((part) => part.startsWith('namespace:'));
  const packages = parts.filter((part) => !part.startsWith('namespace:'));
  const has = (part: string): boolean =>
    world.providers(part).some((provider) => provider === systemSolvable || ending.result.has(provider));
  return { dependency, hardware: hardware.every(has), packages: packages.every(has) };
}

/** The parts of an `and`, in libsolv's own text, as it is asked about them again. Anything else is one part, which libsolv judges as a whole. */
function conjuncts(dependency: string): string[] {
  if (!/^\(.+\)$/.test(dependency)) return [dependency];
  const parts: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 1; at < dependency.length - 1; at += 1) {
    if (dependency[at] === '(') depth += 1;
    if (dependency[at] === ')') depth -= 1;
    if (depth < 0 || (depth === 0 && /^ (or|if|unless|with|without|else) /.test(dependency.slice(at, at + 9))))
      return [dependency];
    if (depth === 0 && dependency.startsWith(' and ', at)) {
      parts.push(dependency.slice(start, at));
      start = at + ' and '.length;
    }
  }
  return [...parts, dependency.slice(start, -1)];
}
