import { z } from 'zod';

/** Time over a number of things, measured with the real tool. Points ascend. */
const curveSchema = z.strictObject({
  what: z.string().min(1).describe('the command that was timed, and on what'),
  unit: z.string().min(1).describe('what `n` counts'),
  points: z
    .array(z.strictObject({ n: z.int().positive(), seconds: z.number().nonnegative(), samples: z.int().positive() }))
    .min(2)
    .refine((points) => points.every(({ n }, at) => at === 0 || n > (points[at - 1]?.n ?? 0)), {
      message: 'points must ascend',
    }),
});
export type Curve = z.infer<typeof curveSchema>;

/** A figure that was not measured here: published by somebody, or assumed. */
const figureSchema = z.strictObject({
  value: z.number().positive(),
  basis: z.enum(['published', 'assumed']),
  source: z.string().min(1),
});
export type Figure = z.infer<typeof figureSchema>;

/** What tools outside of the solver cost: measured curves with their environment, and published figures with their source. */
export const costsSchema = z.strictObject({
  format: z.literal('kmplab/costs'),
  version: z.literal(3),
  name: z.string().min(1),
  environment: z.strictObject({
    processor: z.string(),
    processors: z.int().positive(),
    kmod: z.string(),
    rpm: z.string(),
    dracut: z.string(),
  }),
  measured: z.strictObject({
    depmodFull: curveSchema,
    depmodFullZstd: curveSchema,
    depmodQuick: curveSchema,
    initrd: curveSchema,
    rpmOneTransaction: curveSchema,
    rpmOnePackage: curveSchema,
    rpmOnePackageCommonName: curveSchema,
    /** One question to the database, as weak-modules2 asks them. */
    rpmQuery: curveSchema,
    /** Links made one by one by a shell that starts `ln` for each. */
    shellLinks: curveSchema,
  }),
  modelled: z.strictObject({
    /** How many times faster an incremental depmod is. */
    depmodIncrementalFactor: figureSchema,
    lineMbitPerSecond: figureSchema,
  }),
});
export type Costs = z.infer<typeof costsSchema>;

/** Straight between the points, on beyond the last one as before it, and not below the first one: starting a tool costs too. */
export function secondsAt({ points }: Curve, n: number): number {
  const [first] = points;
  if (first !== undefined && n <= first.n) return first.seconds;
  const after = points.findIndex((point) => point.n >= n);
  const upper = after < 0 ? points.length - 1 : Math.max(after, 1);
  const [a, b] = [points[upper - 1], points[upper]];
  if (a === undefined || b === undefined) return 0;
  return Math.max(0, a.seconds + ((b.seconds - a.seconds) * (n - a.n)) / (b.n - a.n));
}
