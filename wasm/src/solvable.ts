import type { SolvableId } from './ids.js';
import type { Reply } from './memory.js';

/** Stands for the machine itself where a namespace dependency, such as a modalias, is satisfied by it. */
export const systemSolvable: SolvableId = toSolvable(1);

/** The only place that makes solvable ids of numbers. */
export function toSolvable(id: number): SolvableId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return id as SolvableId;
}

export function readSolvables(reply: Reply): readonly SolvableId[] {
  return Array.from(reply.list(), toSolvable);
}

/** libsolv's 0 is no solvable. */
export function optionalSolvable(id: number): SolvableId | null {
  return id === 0 ? null : toSolvable(id);
}
