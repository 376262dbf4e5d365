import type { Reason } from '#run-document';
import { statementText } from './statement.js';

/** An explanation as a tree that grows to the right, a statement a line: the first one, and below it what it follows from. */
export function reasonLines(reasons: readonly Reason[]): string[] {
  const isLast = lastOnes(reasons);
  /** Of each depth, what the lines below a statement begin with. */
  const prefixes: string[] = [];
  return reasons.map(({ depth, statement }, index) => {
    const above = depth <= 1 ? '' : (prefixes[depth - 1] ?? '');
    const last = isLast[index] ?? true;
    prefixes[depth] = `${above}${last ? '   ' : '│  '}`;
    return depth === 0 ? statementText(statement) : `${above}${last ? '└─ ' : '├─ '}${statementText(statement)}`;
  });
}

/** For each statement, whether it is the last one of those that the same one follows from. */
function lastOnes(reasons: readonly Reason[]): boolean[] {
  const later: boolean[] = [];
  return reasons
    .toReversed()
    .map(({ depth }) => {
      const last = later[depth] !== true;
      later.length = depth + 1;
      later[depth] = true;
      return last;
    })
    .reverse();
}
