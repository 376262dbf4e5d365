import { z } from 'zod';
import { InputError } from '#errors';
import type { Job, RememberedJobs } from '#jobs';
import { designMeaning, parseSchemeText } from '#packaging';
import { type GrowthPoint, growthDirections, growthPointSchema } from '#run-document';
import type { Workers } from '../workers/workers.js';
import type { MadeSeries, PlannedSeries } from './growth.js';
import type { EndedPoint, ExactPoint, PlannedPoint, SyntheticPoint } from './growth-point.js';
import { flavorsMax, keptMax, kernelModulesMax } from './sweep-file.js';

const jobInputSchema = z.strictObject({
  point: z.strictObject({
    kind: z.literal('synthetic'),
    scheme: z.string(),
    over: z.enum(growthDirections),
    sizes: z.strictObject({
      kernelModules: z.int().positive().max(kernelModulesMax),
      buildsSideBySide: z.int().positive().max(keptMax),
      installedPercent: z.int().positive().max(100),
      flavors: z.int().positive().max(flavorsMax),
    }),
    regime: z.string(),
    seed: z.int().nonnegative(),
  }),
  design: z.string(),
});

/** A point as a job. Builds are made from numbers alone; what a design says is in the job, as its name may be a path to anything. */
export function growthJob(point: SyntheticPoint): Job {
  return { kind: 'growthPoint', input: { point, design: designMeaning(parseSchemeText(point.scheme).name) } };
}

/** Whether every point of a series can be a job: real builds have repositories that the run tells of. */
export function canBeJobs(series: PlannedSeries): boolean {
  return series.points.every(isSynthetic);
}

/** The points of a series by their jobs: whatever was done before is not done again. */
export async function rememberedSeries(
  { points, ...series }: PlannedSeries,
  jobs: RememberedJobs,
): Promise<MadeSeries> {
  const made = points.filter(isSynthetic).map(async (point): Promise<ExactPoint | EndedPoint> => {
    try {
      const { size, seed, counters } = await jobs.run(growthJob(point), growthPointSchema);
      return { size, seed, counters, machine: null, repositories: [] };
    } catch (cause) {
      if (!(cause instanceof PointWithoutAnswer)) throw cause;
      return cause.point;
    }
  });
  return { ...series, ...byAnswer(await Promise.all(made)) };
}

/** Those with an answer, and those that were ended. */
export function byAnswer(all: readonly (ExactPoint | EndedPoint)[]): Pick<MadeSeries, 'points' | 'ended'> {
  return {
    points: all.flatMap((point) => ('noAnswer' in point ? [] : [point])),
    ended: all.flatMap((point) => ('noAnswer' in point ? [point] : [])),
  };
}

/** No result to be found again: with more time, or on another machine, there may be one. */
class PointWithoutAnswer extends InputError {
  readonly point: EndedPoint;

  constructor(point: EndedPoint) {
    super('resources', `the update at size ${point.size} has no answer within its bound`, {
      hint: 'allow more, with --timeout or --memory',
    });
    this.point = point;
  }
}

/** Does a point's job. @throws InputError where its design is another one here */
export async function performGrowthJob(workers: Pick<Workers, 'run'>, job: Job): Promise<GrowthPoint> {
  const { point, design } = jobInputSchema.parse(job.input);
  if (designMeaning(parseSchemeText(point.scheme).name) !== design) {
    throw new InputError('invalid', `design ${point.scheme} says something else here than where the job was made`, {
      hint: 'give every worker the same file',
    });
  }
  const made = await workers.run('growthPoint', point);
  if ('noAnswer' in made) throw new PointWithoutAnswer(made);
  const { size, seed, counters } = made;
  return { size, seed, solvables: counters.solvables, counters, phases: [] };
}

export function isSynthetic(point: PlannedPoint): point is SyntheticPoint {
  return point.kind === 'synthetic';
}
