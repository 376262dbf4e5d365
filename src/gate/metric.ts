import { type Phase, phases } from '#run-document';

/** Kinds of values that a gate judges each in its own way. */
export const metrics = [
  'answers', // transaction, problems, audit, promises, what is packaged: exact
  'expectations', // of the scenarios themselves
  'decisions', // of the solver: exact
  'work', // code edges of a phase
  'rules',
  'heap',
  'steps',
  'bytes', // to download, on disk, of metadata
  'growth', // exponents
  'time', // ratios, taken in turns with the baseline's own module and commit
] as const;
export type Metric = (typeof metrics)[number];

/** Those of which less is better, and a little more may be allowed. */
export const tolerated = ['work', 'rules', 'heap', 'steps', 'bytes'] as const;
export type Tolerated = (typeof tolerated)[number];

export interface Kind {
  readonly metric: Metric;
  readonly phase: Phase | null;
}

const byPattern: readonly (readonly [RegExp, Metric])[] = [
  [/^counters\.(rules\.|rulesTotal$|learnt$)/, 'rules'],
  [/^counters\.heapBytesMax$/, 'heap'],
  [/^counters\.steps$/, 'steps'],
  [/^(counters\.(downloadBytes|installedBytesChange)|primaryBytes)$/, 'bytes'],
  [/^counters\.decisions$/, 'decisions'],
];

/** What a value of a baseline is, by its path. */
export function kindOf(aspect: string): Kind {
  const work = /^counters\.work\.(.*)$/.exec(aspect)?.[1];
  const phase = phases.find((phase) => phase === work);
  if (phase !== undefined) return { metric: 'work', phase };
  return { metric: byPattern.find(([pattern]) => pattern.test(aspect))?.[1] ?? 'answers', phase: null };
}

export function isTolerated(metric: Metric): metric is Tolerated {
  return tolerated.some((one) => one === metric);
}
