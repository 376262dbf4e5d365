import { z } from 'zod';
import { environmentSchema } from './environment.js';
import { problemSchema } from './outcome.js';
import { reasonSchema } from './statement.js';
import { transactionStepSchema } from './step.js';

export const whyStates = [
  'comes', // the transaction installs it
  'stays', // it is installed and stays
  'goes', // it is installed and the transaction takes it away
  'absent', // it is in reach and not installed in the end
] as const;

/** Why one version of a package is there in the end, or is not. */
export const whyPackageSchema = z.strictObject({
  nevra: z.string(),
  /** Where it comes from, `@System` if it is installed. */
  repository: z.string(),
  state: z.enum(whyStates),
  /** The first one states its absence, where it is absent. */
  reasons: z.array(reasonSchema).min(1),
  /** What stood against it when it was supposed to be installed on top of the request. */
  obstacles: z.array(problemSchema.omit({ solutions: true })),
  /** What else it would change if it was asked for; null where it is there, or where there are obstacles. */
  would: z.strictObject({ steps: z.array(transactionStepSchema), stepsTotal: z.int().nonnegative() }).nullable(),
});
export type WhyPackage = z.infer<typeof whyPackageSchema>;

/** The answer to "why": every version that the name means, those that are there first, then the ones zypper would prefer. */
export const whySchema = z.strictObject({
  name: z.string(),
  /** The first ones of `packagesTotal`. */
  packages: z.array(whyPackageSchema),
  packagesTotal: z.int().nonnegative(),
  /** Where nothing is called so and nothing provides it: names that look like it. */
  nearest: z.array(z.string()),
});
export type Why = z.infer<typeof whySchema>;

/** What `kmplab solve --why --json` prints: the answer, and which libsolv gave it. */
export const whyDocumentSchema = whySchema.extend({ libsolv: environmentSchema.shape.libsolv });
