import { z } from 'zod';
import { sha256Hex } from '#files';
import type { Outcome, RunDocument, StepCost, StepResult } from '#run-document';
import { isNotApplicable } from '#tell';

/**
 * The part of a run that is the same on every machine: what a gate can hold to. Measured times are not in it, nor compressed sizes, which move
 * with the zlib of a Node.js release. Transactions and lists of names are kept as digests beside their counts, so that the file stays
 * small enough to be committed and read in a review.
 */
const digestSchema = z.strictObject({ count: z.int().nonnegative(), sha256: z.string() });

const outcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('solved'),
    /** Steps in order, and how many there are of each type. */
    transaction: digestSchema.extend({ types: z.record(z.string(), z.int()) }),
    recommendedNotInstalled: digestSchema,
    orphaned: digestSchema,
  }),
  z.strictObject({
    status: z.literal('unsolvable'),
    /** The types of rule behind each problem, sorted. */
    problems: z.array(z.array(z.string())),
  }),
  /** It asks for a package of another scheme. */
  z.strictObject({ status: z.literal('notApplicable') }),
  z.strictObject({ status: z.literal('noAnswer') }),
]);

const rangeSchema = z.tuple([z.number().nonnegative(), z.number().nonnegative()]);

/** What the packages' scripts start, simulated, and the seconds that the costs document gives it: from the least to the most. */
const scriptsSchema = z.strictObject({
  depmod: rangeSchema,
  depmodSeconds: rangeSchema,
  links: rangeSchema,
  linkSeconds: rangeSchema,
  depmodOnceSeconds: rangeSchema,
});

const stepSchema = z.strictObject({
  name: z.string(),
  request: z.string(),
  outcome: outcomeSchema,
  counters: z.record(z.string(), z.union([z.number(), z.null(), z.record(z.string(), z.number())])),
  violations: z.int().nonnegative(),
  /** Each promise that was judged; what is not judged or does not apply is left out. */
  promises: z.record(z.string(), z.enum(['kept', 'broken'])),
  scripts: scriptsSchema.nullable(),
  audit: z.strictObject({
    nextBoot: z.string().nullable(),
    kernels: z.array(
      z.strictObject({
        release: z.string(),
        visible: z.int(),
        loadable: z.int(),
        weakUpdates: z.int(),
        refused: z.int(),
      }),
    ),
    devices: z.array(z.strictObject({ device: z.string(), kernel: z.string(), state: z.string() })),
  }),
});

const acceptedSchema = z.strictObject({
  /** The day. */
  on: z.iso.date(),
  by: z.string(),
  reason: z.string(),
  /** Commit of the lab that made the run. */
  commit: z.string().nullable(),
  /** How many values were worse, better, or new then. */
  failed: z.int().nonnegative(),
  better: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  /** The first of them: `scenario x: y: counters.rulesTotal: 5, now 6`. */
  first: z.array(z.string()),
});
export type Accepted = z.infer<typeof acceptedSchema>;

export const baselineSchema = z.strictObject({
  format: z.literal('kmplab/baseline'),
  version: z.literal(2),
  /** Name of the run it was taken from. */
  name: z.string(),
  seed: z.int(),
  /** The lab it was taken by; null in baselines of before it was kept. */
  kmplab: z.strictObject({ version: z.string(), commit: z.string().nullable() }).nullable().default(null),
  libsolv: z.strictObject({
    version: z.string(),
    patches: z.array(z.string()).default([]),
    build: z.string(),
    emcc: z.string(),
    moduleSha256: z.string(),
  }),
  /** Who moved it, what moved and why, the last one first. */
  accepted: z.array(acceptedSchema).default([]),
  kernels: z.array(z.strictObject({ release: z.string(), kernelModules: z.int(), exports: z.int(), imports: z.int() })),
  churn: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      symbols: z.int(),
      changed: z.int(),
      added: z.int(),
      lost: z.int(),
      broken: z.int(),
      brokenInAll: z.int(),
    }),
  ),
  repositories: z.array(
    z.strictObject({ name: z.string(), packages: z.int(), dependencies: z.int(), primaryBytes: z.int() }),
  ),
  scenarios: z.array(z.strictObject({ id: z.string(), status: z.string(), steps: z.array(stepSchema) })),
  growth: z.array(
    z.strictObject({
      name: z.string(),
      points: z.array(z.strictObject({ size: z.int(), counters: stepSchema.shape.counters })),
    }),
  ),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** A run reduced to what is exact. Two runs of the same lab on the same input have equal baselines, wherever they ran. */
export function baselineOf(run: RunDocument): Baseline {
  const { version, patches, build, emcc, moduleSha256 } = run.environment.libsolv;
  return {
    format: 'kmplab/baseline',
    version: 2,
    name: run.name,
    seed: run.seed,
    kmplab: { ...run.environment.kmplab },
    libsolv: { version, patches: patches.map(({ name }) => name), build, emcc, moduleSha256 },
    accepted: [],
    kernels: run.kernels.map(({ release, kernelModules, exports, imports }) => ({
      release,
      kernelModules,
      exports,
      imports,
    })),
    churn: run.churn.map(({ from, to, symbols, changed, added, lost, broken, brokenInAll }) => ({
      from,
      to,
      symbols,
      changed,
      added,
      lost,
      broken,
      brokenInAll,
    })),
    repositories: run.repositories.map(({ name, packages, dependencies, primaryBytes }) => ({
      name,
      packages,
      dependencies,
      primaryBytes,
    })),
    scenarios: run.scenarios.map(({ id, status, steps }) => ({ id, status, steps: steps.map(stepOf) })),
    growth: run.growth.map(({ name, points }) => ({
      name,
      points: points.map(({ size, counters }) => ({ size, counters: { ...counters } })),
    })),
  };
}

type BaselineStep = z.infer<typeof stepSchema>;

function stepOf(step: StepResult): BaselineStep {
  const { name, request, outcome, counters, violationsTotal, promises, costs, audit } = step;
  return {
    name,
    request,
    outcome: isNotApplicable(step) ? { status: 'notApplicable' } : outcomeOf(outcome),
    counters: { ...counters },
    violations: violationsTotal,
    promises: Object.fromEntries(
      promises.flatMap(({ promise, status }) => (status === 'kept' || status === 'broken' ? [[promise, status]] : [])),
    ),
    scripts: scriptsOf(costs),
    audit: {
      nextBoot: audit.nextBoot,
      kernels: audit.kernels.map(({ release, visible, loadable, weakUpdates, refused }) => ({
        release,
        visible,
        loadable,
        weakUpdates,
        refused,
      })),
      devices: audit.devices.map(({ device, kernel, state }) => ({ device, kernel, state })),
    },
  };
}

function scriptsOf(costs: StepResult['costs']): BaselineStep['scripts'] {
  const of = <Kind extends StepCost['kind']>(kind: Kind) =>
    costs.find((cost): cost is Extract<StepCost, { kind: Kind }> => cost.kind === kind);
  const [depmod, once, processes] = [of('depmodByScripts'), of('depmodOncePerTransaction'), of('scriptProcesses')];
  if (depmod === undefined) return null;
  return {
    depmod: [depmod.runs.least, depmod.runs.most],
    depmodSeconds: [depmod.seconds.low, depmod.seconds.high],
    depmodOnceSeconds: [once?.seconds.low ?? 0, once?.seconds.high ?? 0],
    links: [processes?.links.least ?? 0, processes?.links.most ?? 0],
    linkSeconds: [processes?.seconds.low ?? 0, processes?.seconds.high ?? 0],
  };
}

function outcomeOf(outcome: Outcome): BaselineStep['outcome'] {
  if (outcome.status === 'noAnswer') return { status: 'noAnswer' };
  if (outcome.status === 'unsolvable') {
    return {
      status: 'unsolvable',
      problems: outcome.problems.map(({ rules }) => rules.map(({ type }) => type).sort()),
    };
  }
  const types: Record<string, number> = {};
  for (const { type } of outcome.steps) types[type] = (types[type] ?? 0) + 1;
  const lines = outcome.steps.map(({ type, nevra, replaces }) => [type, nevra, ...replaces].join(' '));
  return {
    status: 'solved',
    transaction: { ...digest(lines), types },
    recommendedNotInstalled: digest(outcome.recommendedNotInstalled),
    orphaned: digest(outcome.orphaned),
  };
}

function digest(lines: readonly string[]): z.infer<typeof digestSchema> {
  return { count: lines.length, sha256: sha256Hex(lines.map((line) => `${line}\n`).join('')) };
}
