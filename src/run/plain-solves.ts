import type { Why } from '#run-document';
import { type MachineInput, type Request, solve, solveAndTellWhy } from '#solve';
import { inFreshInstance } from './instances.js';
import type { Solves } from './solve-cache.js';

/** Solves each request once on the release build: no work is counted, no time taken, nothing kept. */
export const plainSolves: Solves = {
  solve: async (machine, request) => ({
    solved: await inFreshInstance((libsolv) => solve(libsolv, machine, request)),
    phases: [],
  }),
  again: async (machine, request) => {
    const { outcome } = await inFreshInstance((libsolv) => solve(libsolv, machine, request));
    return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
  },
};

/** Why what a text means is there after a request, or is not. @throws InputError */
export async function whyOf(machine: MachineInput, request: Request, name: string): Promise<Why> {
  return (await inFreshInstance((libsolv) => solveAndTellWhy(libsolv, machine, request, name))).why;
}
