import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '#errors';
import { pathExists } from '#files';
import { withAnswerable } from '#run';
import type { ComparedSide, Comparison } from '#run-document';
import { type LibsolvModules, libsolvEnvironment, type loadLibsolv, type runPhases } from '#solve';
import type { Answered, ComparedCase } from '../case.js';
import { type Checkout, provideCheckout } from '../checkout.js';
import { compareSides } from '../comparison.js';
import { type Engine, engineOf } from '../engine.js';
import { foreignAnswer, runOf } from './foreign-run.js';
import { type CompareFilesOptions, sideOf } from './libsolvs.js';
import { requestText, unanswered } from './scenarios.js';

export interface CompareCommitOptions extends CompareFilesOptions {
  /** Another libsolv than the working tree's own for the second side. */
  readonly libsolv?: LibsolvModules | null;
}

/**
 * A commit of the lab against this one. Each answers its own version of the scenarios with its own code and module. Time is taken on the
 * machines of this one, which both solve in this process: the other's solver code and module are loaded beside ours.
 */
export async function compareCommit(ref: string, options: CompareCommitOptions): Promise<Comparison> {
  const { root, jobs, onProgress, libsolv = null } = options;
  const checkout = await provideCheckout(ref, root, onProgress);
  onProgress(`running ${ref}`);
  const files = options.files.map((file) => relative(root, file));
  const before = await runOf(checkout, await ownFiles(checkout, files, options.files), jobs);
  const other = await foreignEngine(checkout);
  const answersBefore = new Map(
    before.scenarios.flatMap(({ id, steps }) => steps.map((step) => [`${id}: ${step.name}`, foreignAnswer(step)])),
  );
  return withAnswerable({ ...options, schemes: [], libsolv }, async (answerable) => {
    const asked = answerable.scenarios.flatMap((scenario) => scenario.asked);
    const cases = asked.flatMap(({ scenario, step, solve }): ComparedCase[] => {
      const a: Answered | undefined = answersBefore.get(`${scenario.id}: ${step.name}`);
      const work = { machine: () => answerable.machine(solve), request: solve.request };
      if (a === undefined) return [];
      const b = { outcome: step.outcome, counters: step.counters };
      return [{ ...requestText(scenario, step), a, b, timed: { key: solve.key, a: work, b: work } }];
    });
    const now = new Set(asked.map(({ scenario, step }) => `${scenario.id}: ${step.name}`));
    return compareSides(
      {
        of: 'commit',
        a: {
          name: ref,
          libsolv: other.libsolv,
          kmplab: { version: before.environment.kmplab.version, commit: checkout.commit },
        },
        b: await sideOf('this checkout', libsolv, options.kmplab),
        cases,
        notCompared: [
          ...unanswered(answerable.scenarios),
          ...[...now].filter((name) => !answersBefore.has(name)).map((what) => ({ what, why: `new since ${ref}` })),
          ...[...answersBefore.keys()]
            .filter((name) => !now.has(name))
            .map((what) => ({ what, why: `only in ${ref}` })),
        ],
        engines: [other.engine, engineOf(libsolv)],
      },
      options,
    );
  });
}

/** The other commit's version of each scenario; ours where it has none. */
async function ownFiles({ directory }: Checkout, files: readonly string[], ours: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [index, file] of files.entries()) {
    const there = join(directory, file);
    found.push(!file.startsWith('..') && (await pathExists(there)) ? there : (ours[index] ?? file));
  }
  return found;
}

/** The solver room of another commit, as far as it is as ours: instances, and the timed phases of a request. */
interface SolverRoom {
  readonly loadLibsolv: typeof loadLibsolv;
  readonly runPhases: typeof runPhases;
}

async function foreignEngine({
  commit,
  directory,
}: Checkout): Promise<{ readonly engine: Engine; readonly libsolv: ComparedSide['libsolv'] }> {
  const room: unknown = await import(pathToFileURL(`${directory}/dist/solve/index.js`).href);
  if (!isSolverRoom(room)) {
    throw new InputError(
      'unsupported',
      `commit ${commit.slice(0, 12)} has no solver that can be timed beside this one`,
    );
  }
  const first = await room.loadLibsolv();
  const libsolv = libsolvEnvironment(first);
  first.dispose();
  const engine: Engine = {
    async fresh() {
      const instance = await room.loadLibsolv();
      return {
        run: (machine, request, clock) => room.runPhases(instance, machine, request, clock),
        dispose: () => instance.dispose(),
      };
    },
  };
  return { engine, libsolv };
}

function isSolverRoom(room: unknown): room is SolverRoom {
  return (
    typeof room === 'object' &&
    room !== null &&
    'loadLibsolv' in room &&
    typeof room.loadLibsolv === 'function' &&
    'runPhases' in room &&
    typeof room.runPhases === 'function'
  );
}
