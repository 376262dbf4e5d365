import type { SolvableId } from './ids.js';
import type { JobFlag, JobSelect } from './job.js';

/** What a text may mean and how it is matched; libsolv's selection flags (selection.h). */
export const selectionFlags = {
  name: 1 << 0,
  provides: 1 << 1,
  filelist: 1 << 2,
  canon: 1 << 3,
  dotarch: 1 << 4,
  rel: 1 << 5,
  glob: 1 << 9,
  nocase: 1 << 11,
  flat: 1 << 10,
  skipKind: 1 << 14,
  matchDeps: 1 << 15,
  installedOnly: 1 << 8,
  sourceOnly: 1 << 12,
  withSource: 1 << 13,
  withDisabled: 1 << 16,
  withBadarch: 1 << 17,
} as const;
export type SelectionFlag = keyof typeof selectionFlags;

/** What a text matched. Turn it into jobs with `selection.selects.map((s) => ({ action: 'install', ...s }))`. */
export interface Selection {
  /** The ways the text was understood, out of those that were allowed; empty if nothing matched. */
  readonly matched: readonly SelectionFlag[];
  readonly selects: readonly { readonly select: JobSelect; readonly flags: readonly JobFlag[] }[];
  readonly solvables: readonly SolvableId[];
}
