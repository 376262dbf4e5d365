import { provideLibsolv, withAnswerable } from '#run';
import type { ComparedSide, Comparison } from '#run-document';
import { type LibsolvModules, libsolvEnvironment, loadLibsolv } from '#solve';
import type { ComparedCase } from '../case.js';
import { type CompareOptions, compareSides } from '../comparison.js';
import { engineOf } from '../engine.js';
import { distinctSolves, requestText, unanswered } from './scenarios.js';

export interface CompareFilesOptions extends CompareOptions {
  readonly files: readonly string[];
  readonly root: string;
  readonly jobs: number;
  readonly kmplab: ComparedSide['kmplab'];
}

/**
 * Two libsolvs on the same requests: each meets the machine that the first one's answers led to, so that a difference shows where it
 * begins, and what follows from it is not counted again. Throws InputError for a libsolv that cannot be had.
 */
export async function compareLibsolvs(
  [nameA, nameB]: readonly [string, string],
  options: CompareFilesOptions,
): Promise<Comparison> {
  const a = await provideLibsolv(nameA, options.onProgress);
  const b = await provideLibsolv(nameB, options.onProgress);
  return withAnswerable({ ...options, schemes: [], libsolv: a }, async (answerable) => {
    const asked = answerable.scenarios.flatMap((scenario) => scenario.asked);
    const solves = distinctSolves(asked);
    options.onProgress(`asking libsolv ${nameB}`);
    const answers = await answerable.answers(b, solves);
    const byKey = new Map(solves.map(({ key }, index) => [key, answers[index] ?? { failed: 'not asked' }]));
    const cases = asked.map(({ scenario, step, solve }): ComparedCase => {
      const other = byKey.get(solve.key) ?? { failed: 'not asked' };
      const work = { machine: () => answerable.machine(solve), request: solve.request };
      return {
        ...requestText(scenario, step),
        a: { outcome: step.outcome, counters: step.counters },
        b: other,
        timed: 'failed' in other ? null : { key: solve.key, a: work, b: work },
      };
    });
    return compareSides(
      {
        of: 'libsolv',
        a: await sideOf(nameA, a, options.kmplab),
        b: await sideOf(nameB, b, options.kmplab),
        cases,
        notCompared: unanswered(answerable.scenarios),
        engines: [engineOf(a), engineOf(b)],
      },
      options,
    );
  });
}

/** What a document says of a side. */
export async function sideOf(
  name: string,
  modules: LibsolvModules | null,
  kmplab: ComparedSide['kmplab'],
): Promise<ComparedSide> {
  const libsolv = await loadLibsolv(modules === null ? {} : { modules });
  try {
    return { name, libsolv: libsolvEnvironment(libsolv), kmplab };
  } finally {
    libsolv.dispose();
  }
}
