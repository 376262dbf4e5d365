import { withChannel } from '#channel';
import { InputError } from '#errors';
import { readScenario, variantsOf } from '#scenario';
import type { PlannedSeries } from './growth/growth.js';
import { type ContentSpec, contentKey } from './repository/content-spec.js';
import type { RunOptions } from './run-options.js';
import { contentsOfScenario } from './scenario/scenario-contents.js';
import type { WantedRepository } from './workers/tasks.js';
import type { Workers } from './workers/workers.js';

export interface Unit {
  readonly file: string;
  /** Another scheme than the file's own; null for its own. */
  readonly scheme: string | null;
  /** One of several hardware profiles that the file lists; null where there is no choice. */
  readonly hardware: string | null;
  /** With the kernels that the file's `moreKernels` adds. */
  readonly more: boolean;
  /** One of several depths of the file's channel; null where there is no choice. */
  readonly depth: number | null;
}

/** A scenario for each scheme that is asked for, and for each of its hardware profiles or those of them that are asked for. */
export async function unitsOf(
  files: readonly string[],
  { schemes, profiles }: Pick<RunOptions, 'schemes' | 'profiles'>,
): Promise<Unit[]> {
  const under: readonly (string | null)[] = schemes.length === 0 ? [null] : schemes;
  const units: Unit[] = [];
  for (const file of files) {
    const on = await machinesOf(file, profiles);
    units.push(...on.flatMap((choice) => under.map((scheme) => ({ file, scheme, ...choice }))));
  }
  return units;
}

type Choice = Pick<Unit, 'hardware' | 'more' | 'depth'>;

async function machinesOf(file: string, profiles: readonly string[]): Promise<readonly Choice[]> {
  const read = await orNull(() => readScenario(file));
  const listed = read === null ? [] : variantsOf(read).map(({ hardware, more, depth }) => ({ hardware, more, depth }));
  const chosen = listed.filter(({ hardware }) => hardware !== null && profiles.includes(hardware));
  if (profiles.length > 0 && chosen.length > 0) return chosen;
  // Where it runs on none of those that are asked for, its own task says so.
  if (profiles.length > 0) return profiles.slice(0, 1).map((hardware) => ({ hardware, more: false, depth: null }));
  const several = new Set(listed.map(({ hardware }) => hardware)).size > 1;
  const choices = several ? listed : listed.map((one) => ({ ...one, hardware: null }));
  return choices.length > 0 ? choices : [{ hardware: null, more: false, depth: null }];
}

/** Null where the input is wrong: the task that runs the scenario says how. */
async function orNull<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return null;
  }
}

/** The repositories that a run will want, each once. */
export async function contentsOf(
  units: readonly Unit[],
  planned: readonly PlannedSeries[],
): Promise<WantedRepository[]> {
  const contents: WantedRepository[] = [];
  for (const { file, scheme, more, depth } of units) {
    const wanted = await orNull(async () => {
      const read = await readScenario(file);
      const { scenario } = variantsOf(read).find((variant) => variant.more === more && variant.depth === depth) ?? read;
      const own = scheme ?? scenario.scheme;
      return contentsOfScenario(own, withChannel(scenario)).map(([, content]) => ({
        scheme: own,
        content,
        packages: true,
      }));
    });
    contents.push(...(wanted ?? []));
  }
  for (const series of planned) {
    for (const name of new Set(realBuildsOf(series)))
      contents.push({
        scheme: series.scheme,
        content: { kernels: [name], drivers: [], patterns: false },
        packages: false,
      });
  }
  const first = new Map<string, WantedRepository>();
  for (const wantedRepository of contents) {
    const key = contentKey(wantedRepository.scheme, wantedRepository.content);
    if (!first.has(key)) first.set(key, wantedRepository);
  }
  return [...first.values()];
}

/** Prepares each repository once, before anybody needs it; returns what could be prepared. */
export async function prepareAll(workers: Workers, contents: readonly WantedRepository[]): Promise<ContentSpec[]> {
  const done = await Promise.all(contents.map((content) => workers.run('prepare', content)));
  return contents.filter((_, index) => done[index]).map(({ content }) => content);
}

export function realBuildsOf({ points }: PlannedSeries): string[] {
  return points.flatMap((point) => (point.kind === 'real' ? [point.installed, ...point.offered] : []));
}
