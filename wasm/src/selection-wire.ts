import { readSelect } from './job-wire.js';
import type { Reply, Request } from './memory.js';
import { dependencyKinds } from './package-info.js';
import type { Pool } from './pool.js';
import { type Selection, type SelectionStep, selectionFlags, selectionModes } from './selection.js';
import { readSolvables } from './solvable.js';

/** Numbers of shim/selection.c; 0 is the package itself. */
const matches = { text: 1, dependency: 2, package: 3 } as const;
const nameKind = -1;

/** Flags with the mode, what is compared, and in which dependencies: three ints a step. */
export function packSteps(steps: readonly SelectionStep[]): Request {
  return { ints: steps.flatMap(packStep), strings: steps.map(({ text }) => text) };
}

function packStep({ flags, mode = 'replace', match }: SelectionStep): readonly number[] {
  const how = flags.reduce((all, flag) => all | selectionFlags[flag], selectionModes[mode]);
  if (match === undefined) return [how, 0, 0];
  return [how, matches[match.by], match.in === 'name' ? nameKind : dependencyKinds.indexOf(match.in)];
}

export function readSelection(reply: Reply, steps: readonly SelectionStep[], pool: Pool): Selection {
  const matched = reply.int();
  const selects = Array.from({ length: reply.int() }, () => readSelect(reply, pool));
  const allowed = new Set(steps.flatMap(({ flags }) => flags));
  return {
    matched: [...allowed].filter((flag) => (matched & selectionFlags[flag]) !== 0),
    selects,
    solvables: readSolvables(reply),
  };
}
