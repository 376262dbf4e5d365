import { bugText, InputError } from '#errors';
import { commandLine } from '#files';
import { builtinHardware } from '#hardware';
import { readHistory } from '#kernel';
import type { HistoryResult } from '#run-document';
import { hardwareNamed, labelOf } from '../inputs.js';
import type { Workers } from '../workers/workers.js';
import { claimsOf } from './claims.js';
import { baselineScheme, type HistoryScheme, historySchemes, parseHistoryScheme } from './history-scheme.js';
import { historyTotals } from './totals.js';

export interface HistoryOptions {
  /** Schemes to run under; empty: `historySchemes`. The monolithic kernel is always one of them. */
  readonly schemes: readonly string[];
  /** Hardware profiles to run on; empty: all that come along. */
  readonly profiles: readonly string[];
  readonly root: string;
}

/** Histories' schemes and profiles, checked. */
export interface HistoryPlan {
  readonly schemes: readonly HistoryScheme[];
  readonly profiles: readonly string[];
  readonly options: HistoryOptions;
}

/** @throws InputError for a scheme or hardware profile that is not there */
export async function planHistories(options: HistoryOptions): Promise<HistoryPlan> {
  const asked = options.schemes.length === 0 ? historySchemes : options.schemes;
  const schemes = [...new Set([baselineScheme, ...asked])].map(parseHistoryScheme);
  const profiles = options.profiles.length === 0 ? await builtinHardware() : [...new Set(options.profiles)];
  for (const profile of profiles) await hardwareNamed(profile);
  return { schemes, profiles, options };
}

/**
 * Each update of a history on each machine under each scheme, by workers. What is wrong with the history itself, or with us, becomes a
 * result with an error, so that everything else still runs.
 */
export async function runHistory(file: string, workers: Workers, plan: HistoryPlan): Promise<HistoryResult> {
  const { schemes: parsed, profiles, options } = plan;
  const schemes = parsed.map(({ text }) => text);
  const label = labelOf(file, options.root);
  const own = { file: label, schemes, profiles: [...profiles], rerun: rerun(label, options) };
  const nothing = { kernels: [], drivers: [], buildService: [], machines: [], totals: [], claims: [] };
  try {
    const history = await readHistory(file);
    const { name, description, builds, driverBuilds } = history;
    if (builds.length < 2) {
      throw new InputError('invalid', 'a history of one build has no update', {
        file,
        expected: 'two builds or more',
        hint: 'add builds to `chain`, or `evolved` ones',
      });
    }
    const packaged = [...new Set(parsed.map(({ scheme }) => scheme))].flatMap((scheme) =>
      builds.map((_, index) => ({ file, scheme, index })),
    );
    const published = await Promise.all(packaged.map((task) => workers.run('publish', task)));
    const buildService = published.flatMap((update) => update ?? []);
    const groups = chunks(profiles, machinesTogether);
    const tasks = parsed.flatMap((scheme) => groups.map((group) => ({ file, scheme, profiles: group })));
    const machines = (await Promise.all(tasks.map((task) => workers.run('machines', task)))).flat();
    const driverNames = [...new Set(driverBuilds.map(({ driver }) => driver))].sort();
    return {
      ...own,
      name,
      description,
      error: null,
      bug: false,
      kernels: builds.map(({ date, build }) => ({ release: build.release, date })),
      drivers: driverNames.map((driver) => ({
        name: driver,
        builds: driverBuilds.filter((driverBuild) => driverBuild.driver === driver).length,
      })),
      buildService,
      machines,
      totals: historyTotals(schemes, { buildService, machines }),
      claims: claimsOf(schemes, { buildService, machines }),
    };
  } catch (cause) {
    const bug = bugText(cause);
    if (bug === null && !(cause instanceof InputError)) throw cause;
    const error = cause instanceof InputError ? cause.message : bug;
    return { ...own, ...nothing, name: own.file, description: '', error, bug: bug !== null };
  }
}

/** Machines that one worker takes along a history: what they have in reach is read once for all of them, and every worker has its share. */
const machinesTogether = 4;

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function rerun(file: string, { schemes, profiles }: HistoryOptions): string {
  const option = (flag: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [flag, ...values];
  return commandLine(['kmplab', 'run', file, ...option('--scheme', schemes), ...option('--hardware', profiles)]);
}
