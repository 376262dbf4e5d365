import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '#errors';
import type { Curve } from './document.js';

const run = promisify(execFile);
const maxBuffer = 256 << 20;

/** Runs a program with fixed arguments, never through a shell. @throws InputError `missing` where it is not installed */
export async function tool(
  program: string,
  args: readonly string[],
  { exitCodes = [0] }: { readonly exitCodes?: readonly number[] } = {},
): Promise<string> {
  try {
    const { stdout } = await run(program, args, { maxBuffer, env: { ...process.env, LC_ALL: 'C' } });
    return stdout;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new InputError('missing', `${program} is not installed`, {
        cause,
        hint: `install ${program} and try again`,
      });
    }
    if (
      cause instanceof Error &&
      'code' in cause &&
      'stdout' in cause &&
      exitCodes.some((code) => code === cause.code)
    ) {
      return String(cause.stdout);
    }
    throw cause;
  }
}

export type Point = Curve['points'][number];

/** The fastest of some runs, each after `prepare`, which is not timed: what else runs on a machine can only add time. */
export async function timed(
  n: number,
  samples: number,
  prepare: () => Promise<void>,
  timedRun: () => Promise<unknown>,
): Promise<Point> {
  const seconds: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    await prepare();
    const start = performance.now();
    await timedRun();
    seconds.push((performance.now() - start) / 1000);
  }
  // Below a tenth of a millisecond there is only noise.
  return { n, seconds: Math.round(Math.min(...seconds) * 1e4) / 1e4, samples };
}

export const nothing = async (): Promise<void> => {};
