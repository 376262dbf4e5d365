import { bugText, InputError } from '#errors';
import { builtinDates, type KernelBuild } from '#kernel';
import type {
  BuildServiceUpdate,
  Counters,
  MachineHistory,
  Outcome,
  ScenarioResult,
  SchemeUpdate,
} from '#run-document';
import { instanceDied } from '#solve';
import { growthPoint } from '../growth/growth-point.js';
import { liveThrough, type MachinesTask } from '../history/live.js';
import { solveExactly } from '../instances.js';
import { chainOf, kernelFacts } from '../kernel-facts.js';
import type { ContentSpec } from '../repository/content-spec.js';
import { RepositoryUse, type UsedRepository } from '../repository/repository-use.js';
import { runScenarioFile, type ScenarioFileOptions } from '../scenario/scenario-file.js';
import { type ComparedScheme, compareScheme, schemeUpdates } from '../scheme-comparison.js';
import { SolveUse, type StoredSolve } from '../solve-cache.js';
import type { Workshop } from './workshop.js';

/** A scenario with what it used: plain values, and everything exact. */
export interface ScenarioRun {
  readonly result: ScenarioResult;
  readonly repositories: readonly UsedRepository[];
  /** For each step the solve that can be measured. */
  readonly solves: readonly (StoredSolve | null)[];
}

/**
 * What workers can be asked for. Input and result are plain values, so that it does not matter which thread does a task; nothing a task
 * returns depends on the tasks before it.
 */
export const tasks = { prepare, scenario, answer, facts, growthPoint, comparison, updates, publish, machines } as const;

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[1];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

export interface WantedRepository {
  readonly scheme: string;
  readonly content: ContentSpec;
  /** Whether anybody will look at its packages, or only at what libsolv makes of them. */
  readonly packages: boolean;
}

/** Makes a repository ahead of those who need it; false where it cannot be made, and what is wrong they will say, each for itself. */
async function prepare({ repositories }: Workshop, { scheme, content, packages }: WantedRepository): Promise<boolean> {
  try {
    await repositories.prepare(scheme, content);
    if (!packages) repositories.forget(scheme, content);
    return true;
  } catch (cause) {
    if (!(cause instanceof InputError) && bugText(cause) === null) throw cause;
    return false;
  }
}

async function scenario(
  workshop: Workshop,
  unit: Pick<ScenarioFileOptions, 'scheme' | 'hardware' | 'more' | 'depth'> & { readonly file: string },
): Promise<ScenarioRun> {
  const { root, onProgress } = workshop;
  const repositories = new RepositoryUse(workshop.repositories);
  const solves = new SolveUse(workshop.solves);
  const { file, ...choice } = unit;
  const result = await runScenarioFile(file, { repositories, solves, root, onProgress, ...choice });
  return {
    result,
    repositories: repositories.list(),
    solves: result.steps.map(({ counters }) => solves.of(counters)),
  };
}

/** A solve of a run once more, by the libsolv of these workers; why there is no answer, where it trapped or ran out of memory. */
async function answer(
  { store }: Workshop,
  { machine, request }: StoredSolve,
): Promise<{ readonly outcome: Outcome; readonly counters: Counters } | { readonly failed: string }> {
  try {
    const { outcome, counters } = await solveExactly(await store.machine(machine), request);
    return { outcome, counters };
  } catch (cause) {
    if (!(cause instanceof InputError) && !instanceDied(cause)) throw cause;
    return { failed: cause.message };
  }
}

/** One scheme on the kernel builds of the run; why not, where it cannot package them. */
async function comparison(
  workshop: Workshop,
  { scheme, kernels }: { readonly scheme: string; readonly kernels: readonly string[] },
): Promise<ComparedScheme | { readonly notRun: string }> {
  try {
    return await compareScheme(scheme, kernels, workshop);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { notRun: cause.message };
  }
}

/** What each update between kernel builds makes a build service build under a scheme. @throws InputError */
async function updates(
  { kernels, onProgress }: Workshop,
  { scheme, names }: { readonly scheme: string; readonly names: readonly string[] },
): Promise<SchemeUpdate[]> {
  onProgress(`${scheme}: what updates rebuild`);
  await kernels.load(names);
  return schemeUpdates(scheme, chainOf(names.flatMap((name) => kernels.builds.get(name) ?? [])));
}

/** The graph of kernel modules and its churn, of builds in any order. */
async function facts({ kernels, onProgress }: Workshop, names: readonly string[]) {
  onProgress('the graph of kernel modules and its churn');
  await kernels.load(names);
  const days = await builtinDates();
  const dates = new Map<KernelBuild, string>();
  for (const [name, build] of kernels.builds) {
    const date = days.get(name);
    if (date !== undefined) dates.set(build, date);
  }
  const chain = chainOf(names.flatMap((name) => kernels.builds.get(name) ?? []));
  return kernelFacts(chain, dates);
}

/** Packages a build of a history as a build service publishes it; null for the first build, which follows none. */
async function publish(
  { histories, onProgress }: Workshop,
  { file, scheme, index }: { readonly file: string; readonly scheme: string; readonly index: number },
): Promise<BuildServiceUpdate | null> {
  const { builds } = await histories.history(file);
  onProgress(`packaging ${builds[index]?.build.release} under ${scheme}`);
  return (await histories.published(file, scheme, index)).buildService;
}

async function machines({ histories, onProgress }: Workshop, task: MachinesTask): Promise<MachineHistory[]> {
  onProgress(`${task.profiles.join(', ')} under ${task.scheme.text}`);
  return liveThrough(histories, task);
}
