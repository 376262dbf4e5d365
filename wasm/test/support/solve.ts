import type { Job, Pool, SolveResult, Solver, Step } from '../../src/index.js';
import { nevras } from './pool.js';

export const install = (name: string): Job => ({ action: 'install', select: { kind: 'name', name } });
export const updateAll: Job = { action: 'update', select: { kind: 'all' } };

export function steps(pool: Pool, result: SolveResult): string[] {
  if (result.status !== 'solved') throw new Error(`unsolvable: ${result.problems.map(({ text }) => text).join('; ')}`);
  result.transaction.order();
  return result.transaction.steps().map((step) => stepText(pool, step));
}

function stepText(pool: Pool, { type, id, replaces }: Step): string {
  return [type, ...nevras(pool, [id, ...replaces])].join(' ');
}

export function solve(pool: Pool, jobs: readonly Job[], configure: (solver: Solver) => void = () => undefined) {
  const solver = pool.createSolver();
  configure(solver);
  return { solver, result: solver.solve(jobs) };
}

/** For what a test knows to be there. */
export function fail(): never {
  throw new Error('the test needs a package that is not there');
}
