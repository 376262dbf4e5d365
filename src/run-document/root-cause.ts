import { z } from 'zod';
import { statementSchema } from './statement.js';

/** What is wrong. */
export const causeSchema = z.discriminatedUnion('kind', [
  /** A kernel exports it otherwise than packages or kernel modules were compiled for, or not at all. */
  z.strictObject({ kind: z.literal('symbol'), symbol: z.string(), kernel: z.string() }),
  /** A dependency that nothing in reach provides. */
  z.strictObject({ kind: z.literal('gap'), dependency: z.string() }),
  /** A lock of the administrator that keeps what is installed, or keeps out what is not. */
  z.strictObject({ kind: z.literal('lock'), holds: z.enum(['in', 'out']), what: z.string() }),
  /** Packages that cannot be installed together, and anything else. */
  z.strictObject({ kind: z.literal('clash'), statement: statementSchema }),
]);
export type Cause = z.infer<typeof causeSchema>;

/** One thing that is wrong, and how much fails because of it. A failure may have several causes and is counted for each. */
export const rootCauseSchema = z.strictObject({
  cause: causeSchema,
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

/** The same text for the same cause: what causes are put together and ordered by. */
export function causeKey(cause: Cause): string {
  switch (cause.kind) {
    case 'symbol':
      return JSON.stringify([cause.kind, cause.symbol, cause.kernel]);
    case 'gap':
      return JSON.stringify([cause.kind, cause.dependency]);
    case 'lock':
      return JSON.stringify([cause.kind, cause.holds, cause.what]);
    case 'clash':
      return JSON.stringify([cause.kind, cause.statement]);
  }
}

/** The widest first: by what it stops, then by kind and name, so that the order is the same everywhere. */
export function byBlastRadius(a: RootCause, b: RootCause): number {
  const radius = ({ packages, direct, through }: RootCause): number => Math.max(packages, direct + through);
  return radius(b) - radius(a) || b.direct - a.direct || b.problems - a.problems || byKey(a, b);
}

function byKey(a: RootCause, b: RootCause): number {
  return causeKey(a.cause) < causeKey(b.cause) ? -1 : 1;
}

/** The first causes of a longer list. */
export const rootCausesSchema = z.strictObject({ first: z.array(rootCauseSchema), total: z.int().nonnegative() });
export type RootCauses = z.infer<typeof rootCausesSchema>;

/** Causes that a document lists of one outcome or audit. */
const listedMax = 20;

export function widest(causes: readonly RootCause[]): RootCauses {
  return { first: [...causes].sort(byBlastRadius).slice(0, listedMax), total: causes.length };
}
