import type { LimitsPoint, LimitsShape, LimitsStop } from '#run-document';
import { type Bound, instanceDied, type Libsolv, within, workClock } from '#solve';
import type { Shape, ShapedCase } from './shapes.js';
import { findsOf, slopesOf } from './slopes.js';

export interface GrowOptions {
  /** A fresh instance of the counting build that may take the bound's memory. */
  readonly load: () => Promise<Libsolv>;
  readonly bound: Bound;
  /** Code edges of one phase beyond which a shape grows no further. */
  readonly workMax: number;
  readonly sizeMax: number;
  readonly exponentMax: number;
  readonly onProgress: (what: string) => void;
}

/** Where every shape begins. */
const sizeMin = 25;

/** Grows a shape by doubling until it comes to a bound. */
export async function grown(shape: Shape, options: GrowOptions): Promise<LimitsShape> {
  const points: LimitsPoint[] = [];
  let stop: LimitsStop = { by: 'size', limit: options.sizeMax };
  for (let size = sizeMin; size <= options.sizeMax; size *= 2) {
    options.onProgress(`${shape.name}, ${size}`);
    const found = await measured(shape.of(size), size, options);
    if ('by' in found) {
      stop = found;
      break;
    }
    points.push(found);
    if (Object.values(found.work).some((edges) => edges > options.workMax)) {
      stop = { by: 'work', limit: options.workMax };
      break;
    }
  }
  const slopes = slopesOf(points);
  const { name, question } = shape;
  return { shape: name, question, points, slopes, stop, finds: findsOf(points, slopes, stop, options.exponentMax) };
}

async function measured(
  shapedCase: ShapedCase,
  size: number,
  { load, bound }: GrowOptions,
): Promise<LimitsPoint | LimitsStop> {
  const libsolv = await load();
  try {
    const { clock, work } = workClock(libsolv);
    const answered = within(bound, clock, (watched) => solvePhases(libsolv, shapedCase, watched));
    if ('result' in answered) return { size, work, heapBytesMax: libsolv.counters().heapBytesMax };
    const { within: reached } = answered.noAnswer;
    return reached.of === 'time'
      ? { by: 'time', size, limit: reached.limitMs }
      : { by: 'memory', size, limit: reached.limitBytes };
  } catch (cause) {
    if (!instanceDied(cause)) throw cause;
    return { by: 'trap', size };
  } finally {
    libsolv.dispose();
  }
}

function solvePhases(
  libsolv: Libsolv,
  { installed, offered, install }: ShapedCase,
  clock: Parameters<Parameters<typeof within>[2]>[0],
): void {
  const pool = libsolv.createPool({ arch: 'x86_64', distType: 'rpm' });
  const system = pool.addRepo('system');
  system.addTestcase(text(installed));
  pool.setInstalled(system);
  pool.addRepo('available').addTestcase(text(offered));
  clock('whatprovides', () => {
    pool.addFileProvides();
    pool.createWhatprovides();
  });
  const solver = pool.createSolver();
  clock('solve', () =>
    solver.run(
      install === null
        ? [{ action: 'update', select: { kind: 'all' } }]
        : install.map((name) => ({ action: 'install' as const, select: { kind: 'name' as const, name } })),
    ),
  );
  const transaction = solver.transaction();
  clock('order', () => transaction.order());
}

function text(lines: readonly string[]): string {
  return `${['=Ver: 3.0', ...lines].join('\n')}\n`;
}
