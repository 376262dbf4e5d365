import { z } from 'zod';

export const rootCauseKinds = [
  'symbol', // a kernel exports it otherwise than packages or kernel modules were compiled for, or not at all
  'gap', // a dependency that nothing in reach provides
  'lock', // a lock of the administrator
  'clash', // packages that cannot be installed together, and anything else
] as const;

/** One thing that is wrong, and how much fails because of it. A failure may have several causes and is counted for each. */
export const rootCauseSchema = z.strictObject({
  kind: z.enum(rootCauseKinds),
  /** The symbol, the dependency, or the clash as a sentence. */
  subject: z.string(),
  /** The kernel that has the symbol otherwise. */
  kernel: z.string().nullable(),
  /** Problems that it is behind, and the packages at fault in them for its sake, of the outcome where they are most. */
  problems: z.int().nonnegative(),
  packages: z.int().nonnegative(),
  /** Installed kernel modules that import the symbol and are refused for it by that kernel, in the audit where they are most. */
  direct: z.int().nonnegative(),
  /** Those that are refused because they import, directly or not, from one of the direct ones. */
  through: z.int().nonnegative(),
  /** Scenarios that it shows in; empty inside of one. */
  scenarios: z.array(z.string()),
});
export type RootCause = z.infer<typeof rootCauseSchema>;

/** The widest first: by what it stops, then by name, so that the order is the same everywhere. */
export function byBlastRadius(a: RootCause, b: RootCause): number {
  const radius = ({ packages, direct, through }: RootCause): number => Math.max(packages, direct + through);
  return (
    radius(b) - radius(a) ||
    b.direct - a.direct ||
    b.problems - a.problems ||
    (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)
  );
}

/** The first causes of a longer list. */
export const rootCausesSchema = z.strictObject({ first: z.array(rootCauseSchema), total: z.int().nonnegative() });
export type RootCauses = z.infer<typeof rootCausesSchema>;

/** Causes that a document lists of one outcome or audit. */
const listedMax = 20;

export function widest(causes: readonly RootCause[]): RootCauses {
  return { first: [...causes].sort(byBlastRadius).slice(0, listedMax), total: causes.length };
}
