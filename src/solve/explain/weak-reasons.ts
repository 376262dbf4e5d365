import { type SolvableId, systemSolvable } from '@opensuse/libsolv-wasm';
import type { Reason } from '#run-document';
import { type Inquiry, statement } from './inquiry.js';
import { needsOf } from './needs.js';
import { dependencyText } from './words.js';

/** How one supplements stands at the end: what of it is there. */
interface Standing {
  readonly dependency: string;
  readonly hardware: boolean;
  readonly packages: boolean;
}

/** What the package's weak dependencies came to: hardware that is not here, what it supplements not installed, or left out all the same. */
export function weakReasons(id: SolvableId, inquiry: Inquiry): Reason[] {
  return [...supplementReasons(id, inquiry), ...recommendReasons(id, inquiry)];
}

function supplementReasons(id: SolvableId, inquiry: Inquiry): Reason[] {
  const { world } = inquiry;
  const nevra = world.nevra(id) ?? '';
  const standings = (world.pool.dependencies([id], 'supplements')[0] ?? []).map((dependency) =>
    standing(dependency, inquiry),
  );
  if (standings.length === 0) return [];
  const told = (kind: Reason['kind'], some: readonly Standing[], text: string): Reason => ({
    ...statement(kind, nevra, text),
    dependencies: some.slice(0, 3).map(({ dependency }) => dependency),
    dependenciesTotal: some.length,
  });
  const holds = standings.filter(({ hardware, packages }) => hardware && packages);
  if (holds.length > 0)
    return [told('withheld', holds, `${withheldText(id, inquiry)}: it supplements ${texts(holds)}`)];
  const here = standings.filter(({ hardware }) => hardware);
  if (here.length > 0) {
    return [told('unneeded', here, `what it supplements is not installed: ${texts(here)}`)];
  }
  return [
    told(
      'noHardware',
      standings,
      `none of the ${standings.length} hardware patterns that it supplements is a device of this machine`,
    ),
  ];
}

function texts(standings: readonly Standing[]): string {
  return dependencyText(standings.map(({ dependency }) => dependency));
}

/** libsolv's two filters over what would be recommended (solver.c: solver_addrecommendedorsuggested… and bnc#501088). */
function withheldText(id: SolvableId, { solving, ending, world }: Inquiry): string {
  const pkg = world.package(id);
  const other = world.named(pkg?.name ?? '').find((one) => one.id !== id && ending.result.has(one.id));
  if (other !== undefined) {
    return `libsolv adds no supplemented package of which another version is there (${other.nevra})`;
  }
  if (solving.request.verb !== 'inr')
    return 'only "zypper inr" looks at what was to be supplemented before this request';
  return 'libsolv left it out';
}

function recommendReasons(id: SolvableId, { ending, solving, world }: Inquiry): Reason[] {
  const nevra = world.nevra(id) ?? '';
  const by = needsOf(id, 'recommends', world).filter((need) => ending.result.has(need.by));
  const [first] = by;
  if (first === undefined) return [];
  const why = solving.request.noRecommends
    ? 'and the request is made without recommends'
    : 'and recommends of what was there before, or that another package meets, are not followed';
  return [
    {
      ...statement('withheld', nevra, `${world.nevra(first.by)} recommends ${first.dependency}, ${why}`),
      by: world.nevra(first.by),
      dependencies: [first.dependency],
      dependenciesTotal: by.length,
    },
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

/** The parts of an `and`; anything else is one part, which libsolv judges as a whole. */
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
