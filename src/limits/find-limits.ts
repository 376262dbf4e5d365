import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withScratch, writeFileAtomic } from '#files';
import { type Limits, type LimitsFind, type LimitsShape, limitsVersion } from '#run-document';
import { type Bound, type LibsolvModules, libsolvEnvironment, loadLibsolv } from '#solve';
import { grown } from './grow.js';
import { nativeSeconds } from './native.js';
import { type Shape, shapes, testcaseText } from './shapes.js';

export interface LimitsOptions {
  /** Names of shapes; empty: all. */
  readonly only: readonly string[];
  readonly libsolv: LibsolvModules | null;
  readonly bound: Bound;
  readonly workMax: number;
  readonly sizeMax: number;
  /** Where the smallest testcases go; null: nowhere. */
  readonly directory: string | null;
  /** A native testsolv that confirms what is found; null: none. */
  readonly testsolv: string | null;
  readonly onProgress: (what: string) => void;
}

/** The same that growth series call in proportion. */
const exponentMax = 1.3;

/** Grows every shape until it breaks. Throws InputError where native testsolv cannot be run. */
export async function findLimits(options: LimitsOptions): Promise<Limits> {
  const { only, libsolv: modules, bound, workMax, sizeMax, directory, testsolv, onProgress } = options;
  const load = () =>
    loadLibsolv({ build: 'counting', modules: modules ?? undefined, memoryMaxBytes: bound.memoryMaxBytes });
  const found: LimitsShape[] = [];
  for (const shape of shapes) {
    if (only.length > 0 && !only.includes(shape.name)) continue;
    const one = await grown(shape, { load, bound, workMax, sizeMax, exponentMax, onProgress });
    const finds: LimitsFind[] = [];
    for (const find of one.finds) {
      onProgress(`${shape.name}: the smallest case`);
      const testcase = directory === null ? null : await written(shape, find, directory);
      const largest = one.points.at(-1)?.size ?? find.from;
      const native = testsolv === null || find.of === 'memory' ? null : await confirmed(shape, largest, testsolv);
      finds.push({ ...find, testcase, native });
    }
    found.push({ ...one, finds });
  }
  const libsolv = await load();
  const environment = libsolvEnvironment(libsolv);
  libsolv.dispose();
  return { format: 'kmplab/limits', version: limitsVersion, libsolv: environment, exponentMax, shapes: found };
}

async function written(shape: Shape, { of, from }: LimitsFind, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const name = `${shape.name}-${of}.t`;
  await writeFileAtomic(join(directory, name), testcaseText(shape.of(from * 2)));
  return name;
}

/** Half the largest size and the largest, by another program than the one that found it. */
async function confirmed(shape: Shape, largest: number, testsolv: string): Promise<LimitsFind['native']> {
  const sizes: [number, number] = [largest / 2, largest];
  return withScratch(async (scratch) => {
    const timed = async (size: number): Promise<number> => {
      const file = join(scratch, `${size}.t`);
      await writeFileAtomic(file, testcaseText(shape.of(size)));
      return nativeSeconds(testsolv, file);
    };
    const seconds: [number, number] = [await timed(sizes[0]), await timed(sizes[1])];
    const exponent = seconds[0] > 0 ? Math.log(seconds[1] / seconds[0]) / Math.log(2) : 0;
    return { sizes, seconds, exponent };
  });
}
