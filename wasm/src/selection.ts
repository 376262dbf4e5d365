import type { SolvableId } from './ids.js';
import type { JobFlag, JobSelect } from './job.js';
import type { DependencyKind } from './package-info.js';

/** What a text may mean and how it is matched; libsolv's selection flags (selection.h). */
export const selectionFlags = {
  name: 1 << 0,
  provides: 1 << 1,
  filelist: 1 << 2,
  canon: 1 << 3,
  dotarch: 1 << 4,
  rel: 1 << 5,
  installedOnly: 1 << 8,
  glob: 1 << 9,
  flat: 1 << 10,
  nocase: 1 << 11,
  sourceOnly: 1 << 12,
  withSource: 1 << 13,
  skipKind: 1 << 14,
  matchDepstr: 1 << 15,
  withDisabled: 1 << 16,
  withBadarch: 1 << 17,
  filterKeepIfempty: 1 << 30,
  filterSwapped: 1 << 31,
} as const;
export type SelectionFlag = keyof typeof selectionFlags;

/** What a step does with what the steps before it selected; libsolv's SELECTION_REPLACE and so on. */
export const selectionModes = { replace: 0 << 28, add: 1 << 28, subtract: 2 << 28, filter: 3 << 28 } as const;
export type SelectionMode = keyof typeof selectionModes;

/** One step of `Pool.selectSteps`. */
export interface SelectionStep {
  readonly text: string;
  readonly flags: readonly SelectionFlag[];
  /** Default `replace`. */
  readonly mode?: SelectionMode;
  /**
   * What the text is compared with. By default the package, as the flags say. Else the package's own dependencies: with the text that
   * libsolv prints of them, with the dependency that the text is, or with the package that the text names.
   */
  readonly match?: { readonly by: 'text' | 'dependency' | 'package'; readonly in: DependencyKind | 'name' };
}

/** What a text matched. Turn it into jobs with `selection.selects.map((s) => ({ action: 'install', ...s }))`. */
export interface Selection {
  /** The ways the text was understood, out of those that were allowed; empty if nothing matched. */
  readonly matched: readonly SelectionFlag[];
  readonly selects: readonly { readonly select: JobSelect; readonly flags: readonly JobFlag[] }[];
  readonly solvables: readonly SolvableId[];
}
