import { InputError } from '#errors';
import type { Why } from '#run-document';
import { type MachineInput, type Request, solveAndTellWhy } from '#solve';
import { inBoundedInstance, solveInBound } from './instances.js';
import type { Solves } from './solve-cache.js';

/** Solves each request once on the release build: no work is counted, no time taken, nothing kept. */
export const plainSolves: Solves = {
  solve: async (machine, request) => ({
    solved: await solveInBound(machine, request),
    phases: [],
  }),
  again: async (machine, request) => {
    const { outcome } = await solveInBound(machine, request);
    return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
  },
};

/** Why what a text means is there after a request, or is not. @throws InputError */
export async function whyOf(machine: MachineInput, request: Request, name: string): Promise<Why> {
  const found = await inBoundedInstance((libsolv, bound) => solveAndTellWhy(libsolv, machine, request, name, bound));
  if ('why' in found) return found.why;
  throw new InputError('resources', `why ${name} is there or not has no answer within the bound of a request`);
}
