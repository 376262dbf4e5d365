import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { InputError } from '#errors';
import { parseJson } from '#files';
import type { Counters, Outcome } from '#run-document';
import type { Checkout } from '../checkout.js';

/**
 * What a comparison reads of a run document of any commit: other keys may have come or gone. What is not compared is filled up with
 * nothing.
 */
const outcomeSchema = z.union([
  z.object({
    status: z.literal('solved'),
    steps: z.array(
      z.object({ type: z.string(), nevra: z.string(), replaces: z.array(z.string()), downloadBytes: z.number() }),
    ),
    recommendedNotInstalled: z.array(z.string()),
    orphaned: z.array(z.string()),
    unknown: z.array(z.string()).default([]),
  }),
  z.object({
    status: z.literal('unsolvable'),
    problems: z.array(
      z.object({
        rules: z.array(
          z.object({
            type: z.string(),
            source: z.string().nullable(),
            target: z.string().nullable(),
            dependency: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
]);

const runSchema = z.object({
  format: z.literal('kmplab/run'),
  environment: z.object({ kmplab: z.object({ version: z.string() }) }),
  scenarios: z.array(
    z.object({
      id: z.string(),
      error: z.string().nullable().default(null),
      steps: z.array(
        z.object({
          name: z.string(),
          outcome: outcomeSchema,
          counters: z.looseObject({
            decisions: z.number(),
            work: z.record(z.string(), z.number()).nullable().default(null),
          }),
        }),
      ),
    }),
  ),
});
export type ForeignRun = z.infer<typeof runSchema>;

/** A commit's own answers to scenarios, by its own command line. Throws InputError where that writes no document that can be read. */
export async function runOf(
  { commit, directory }: Checkout,
  files: readonly string[],
  jobs: number,
): Promise<ForeignRun> {
  const args = [
    join(directory, 'bin', 'kmplab.js'),
    'run',
    ...files,
    '--samples',
    '0',
    '--jobs',
    String(jobs),
    '--json',
  ];
  const printed = await promisify(execFile)(process.execPath, args, { cwd: directory, maxBuffer: 1 << 30 }).catch(
    // A scenario that fails is a result; what could not be read shows below.
    (cause: unknown) => ({ stdout: textOf(cause, 'stdout'), stderr: textOf(cause, 'stderr') }),
  );
  if (printed.stdout === '') {
    throw new InputError(
      'unsupported',
      `commit ${commit.slice(0, 12)} does not run these scenarios: ${printed.stderr.split('\n')[0] ?? ''}`,
    );
  }
  return parseJson(printed.stdout, `the run of commit ${commit.slice(0, 12)}`, {
    schema: runSchema,
    what: 'a run document',
    hint: 'name a commit that writes one',
  });
}

function textOf(cause: unknown, key: 'stdout' | 'stderr'): string {
  const text: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, key) : undefined;
  return typeof text === 'string' ? text : '';
}

type Step = ForeignRun['scenarios'][number]['steps'][number];

/** As this commit's own type: only what is compared is looked at. */
export function foreignAnswer({ outcome, counters }: Step): { readonly outcome: Outcome; readonly counters: Counters } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- read by `compareAnswers` and `movedCounts` alone, which take what the schema above has
  return { outcome: outcome as Outcome, counters: counters as unknown as Counters };
}
