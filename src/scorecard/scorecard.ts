import { join } from 'node:path';
import { InputError } from '#errors';
import { builtinHardware } from '#hardware';
import { builtinKernels } from '#kernel';
import { designNamed, packageBuilds, parseSchemeText } from '#packaging';
import { designResults, kernelNamed, openThreads } from '#run';
import type { RepositorySummary, ScenarioResult, SchemeUpdate, Scorecard, ScoredDesign } from '#run-document';
import { cellsOf } from './cells.js';
import { figuresOf } from './figures.js';
import { besideMonolithic } from './monolithic.js';
import type { PutToTest } from './put-to-test.js';
import { type SmallScenario, smallScenarios, smallScenariosOf } from './small-scenarios.js';
import { requests, type Tested, type ToTest, testedOn } from './tested.js';
import { trialsOf } from './trials.js';

export interface ScorecardOptions {
  /** Designs with their options, as they are to be shown. */
  readonly designs: readonly string[];
  /** Where `scenarios/` lies; files below are named relative to it. */
  readonly root: string;
  /** Hardware profiles over whole kernels; empty: all that come along. */
  readonly profiles: readonly string[];
  /** Random histories for each design; 0 tries none. */
  readonly histories: number;
  readonly seed: number;
  /** Samples of the time of each update of whole kernels; 0 measures none. */
  readonly samples: number;
  readonly jobs: number;
  readonly onProgress: (what: string) => void;
}

/** The kernel that others are held against: whoever compares designs compares with it. */
export const baselineDesign = 'monolithic';

/**
 * Designs by what they keep and what they cost, each put to the same scenarios. One that is refused, or that libsolv dies of, is told and leaves
 * the others as they are.
 *
 * @throws InputError where no design can be scored
 */
export async function scorecard(options: ScorecardOptions): Promise<Scorecard> {
  const { root, histories, seed } = options;
  const names = [...new Set(options.designs)];
  const kernels = await builtinKernels();
  const refusals = new Map<string, string>();
  for (const design of new Set([baselineDesign, ...names])) {
    const why = await refusalOf(design, kernels.at(-1) ?? '');
    if (why !== null) refusals.set(design, why);
  }
  const designs = [...new Set([...names, baselineDesign])].filter((one) => !refusals.has(one));
  const small = await scoreScenarios(root);
  const large = await largeResults(designs, kernels, options);
  const accepted = names.filter((design) => !refusals.has(design));
  const tested = await allTested(
    accepted.map((design) => ({ design, small, histories, seed })),
    options,
  );
  const scored = names.map((design): ScoredDesign => {
    const own = tested.get(design);
    if (own !== undefined) return scoredDesign(design, { tested: own, large, seed });
    return { design, about: '', status: 'refused', error: refusals.get(design) ?? '' };
  });
  return {
    over: {
      catalogue: small.filter(({ ground }) => ground === 'catalogue').length,
      machines: options.profiles.length === 0 ? await builtinHardware() : [...options.profiles],
      kernels,
      histories: histories === 0 ? null : { histories, requests, seed },
    },
    designs: scored,
  };
}

/** Why a design packages no kernel; null where it does. */
async function refusalOf(design: string, kernel: string): Promise<string | null> {
  try {
    packageBuilds(design, [await kernelNamed(kernel)]);
    return null;
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return cause.message;
  }
}

/** Scenarios on parts of kernels that a scorecard puts every design to: its own first, then those of the catalogue. @throws InputError */
export async function scoreScenarios(root: string): Promise<SmallScenario[]> {
  const own = (name: string) => [join(root, 'scenarios/scorecard', name), `scenarios/scorecard/${name}`] as const;
  return [
    ...(await smallScenarios('machines', ...own('driver.yaml'))),
    ...(await smallScenarios('channels2', ...own('channel-2.yaml'))),
    ...(await smallScenarios('channels2', ...own('channel-2-all.yaml'))),
    ...(await smallScenarios('channels4', ...own('channel-4.yaml'))),
    ...(await smallScenarios('channels10', ...own('channel-10.yaml'))),
    ...(await smallScenariosOf('catalogue', join(root, 'scenarios/real'), 'scenarios/real')),
  ];
}

interface LargeResults {
  readonly scenarios: readonly ScenarioResult[];
  readonly repositories: readonly RepositorySummary[];
  readonly updates: ReadonlyMap<string, readonly SchemeUpdate[]>;
}

/** Figures tell how long an update takes. */
const timedStep = 'update';

/** Every machine over whole kernels, and what updates of whole kernels make a build service build. */
async function largeResults(
  designs: readonly string[],
  kernels: readonly string[],
  { root, profiles, samples, jobs, onProgress }: ScorecardOptions,
): Promise<LargeResults> {
  const files = [join(root, 'scenarios/scorecard/machines.yaml')];
  const timing = samples === 0 ? null : { step: timedStep, samples };
  const how = { profiles, root, kernels, timing, jobs, onProgress };
  const results = await designResults({ designs, files, ...how });
  return { ...results, scenarios: besideMonolithic(results.scenarios, baselineDesign) };
}

/** Every design put to what takes parts of kernels: several beside each other. */
async function allTested(
  tasks: readonly ToTest[],
  { jobs, onProgress }: ScorecardOptions,
): Promise<ReadonlyMap<string, Tested>> {
  const tested = new Map<string, Tested>();
  const putToTest = async (task: ToTest, test: (task: ToTest) => Promise<Tested>): Promise<void> => {
    onProgress(`${task.design}: ${task.small.length} small scenarios, ${task.histories} random histories`);
    tested.set(task.design, await test(task));
  };
  if (jobs === 1) {
    for (const task of tasks) await putToTest(task, testedOn);
    return tested;
  }
  const threads = await openThreads(new URL('./worker.js', import.meta.url), { jobs, onProgress });
  try {
    await Promise.all(tasks.map((task) => putToTest(task, (one) => threads.run<Tested>('tested', one))));
    return tested;
  } finally {
    await threads.close();
  }
}

function scoredDesign(
  design: string,
  {
    tested: { tested, notRun, challenged },
    large,
    seed,
  }: { readonly tested: Tested; readonly large: LargeResults; readonly seed: number },
): ScoredDesign {
  const own = large.scenarios.filter(({ scheme }) => scheme === design);
  const failed = own.filter(({ steps }) => steps.length === 0);
  const whole = own.filter(({ steps }) => steps.length > 0).map(wholeKernels);
  const all = [...whole, ...tested];
  const machines = trialsOf(all);
  const updates = [...(large.updates.get(design) ?? [])];
  const repository = large.repositories.filter(({ scheme }) => scheme === design).at(-1);
  return {
    design,
    about: designNamed(parseSchemeText(design).name).about,
    status: 'scored',
    cells: cellsOf(all, challenged === null ? null : { challenged, seed }),
    figures: figuresOf(machines),
    repository: {
      kernel: repository?.kernels.at(-1) ?? '',
      packages: repository?.packages ?? 0,
      dependencies: repository?.dependencies ?? 0,
      primaryGzipBytes: repository?.primaryGzipBytes ?? 0,
    },
    updates,
    medianUpdate: medianUpdate(updates),
    trials: machines,
    notRun: [
      ...failed.map(({ id, error }) => ({ what: id, why: error ?? '' })),
      ...notRun.map(({ what, why }) => ({ what, why })),
    ],
  };
}

/** A scenario on whole kernels, as cells and trials take it. */
export function wholeKernels({ id, file, hardware, kernels, steps, rerun }: ScenarioResult): PutToTest {
  const size = { kernels: kernels.length, kernelModules: null };
  return { ground: 'machines', scenario: id, file, hardware, ...size, steps, rerun };
}

/** The lower of two in the middle, by packages that are built again. */
function medianUpdate(updates: readonly SchemeUpdate[]): number | null {
  const rebuilt = ({ rebuilt: by }: SchemeUpdate): number => by.image + by.new + by.changed + by.tied;
  const order = updates.map((update, index) => ({ index, rebuilt: rebuilt(update) }));
  order.sort((a, b) => a.rebuilt - b.rebuilt || a.index - b.index);
  return order[Math.floor((order.length - 1) / 2)]?.index ?? null;
}
