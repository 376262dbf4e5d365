import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '#errors';
import { listFilesSorted } from '#files';
import type { Costs } from './document.js';
import { initrdCurve, timeInitrd } from './measure-initrd.js';
import { nothing, type Point, timed, tool } from './timing.js';

export interface MeasureOptions {
  /** A /lib/modules/<release> tree with uncompressed kernel modules. */
  readonly tree: string;
  /** Room for copies of it. */
  readonly scratch: string;
  readonly samples: number;
  readonly onProgress: (what: string) => void;
}

const sizes = [10, 250, 1000, 2000, Number.MAX_SAFE_INTEGER];
/** Its directory's name; depmod wants it to look like a kernel's. */
const release = '6.1.0-kmplab';

type TreeCurves = Pick<Costs['measured'], 'depmodFull' | 'depmodFullZstd' | 'depmodQuick' | 'initrd'>;

/** Real depmod and dracut over the first so many kernel modules of a tree; depmod also over them compressed as SUSE's are. */
export async function measureTrees({ tree, scratch, samples, onProgress }: MeasureOptions): Promise<TreeCurves> {
  const files = (await listFilesSorted(tree)).filter((file) => file.endsWith('.ko'));
  if (files.length < 300) {
    throw new InputError('invalid', `${files.length} uncompressed kernel modules are too few to measure depmod on`, {
      file: tree,
      hint: 'unpack an image package of Debian 12 and name its lib/modules/<release>',
    });
  }
  const full: Point[] = [];
  const zstd: Point[] = [];
  const quick: Point[] = [];
  const initrd: Point[] = [];
  for (const size of sizes) {
    const chosen = files.slice(0, size);
    const root = join(scratch, 'depmod');
    for (const file of chosen) {
      const target = join(root, 'lib/modules', release, file);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(tree, file), target);
    }
    const depmod = (more: readonly string[] = []): Promise<string> => tool('depmod', ['-b', root, ...more, release]);
    onProgress(`depmod of ${chosen.length} kernel modules`);
    full.push(await timed(chosen.length, samples, nothing, () => depmod()));
    quick.push(await timed(chosen.length, samples, nothing, () => depmod(['-A'])));
    onProgress(`dracut with ${chosen.length} kernel modules`);
    initrd.push(await timeInitrd({ root, release, kernelModules: chosen.length }, samples));
    await tool('zstd', ['-q', '-r', '--rm', '-3', '-T2', join(root, 'lib/modules', release, 'kernel')]);
    zstd.push(await timed(chosen.length, samples, nothing, () => depmod()));
    await rm(root, { recursive: true, force: true });
  }
  const unit = 'kernel modules of the kernel';
  return {
    initrd: initrdCurve(initrd),
    depmodFull: { what: 'depmod, everything in the page cache, kernel modules not compressed', unit, points: full },
    depmodFullZstd: {
      what: 'depmod, everything in the page cache, kernel modules compressed with zstd',
      unit,
      points: zstd,
    },
    depmodQuick: { what: 'depmod -A where no file is newer than modules.dep', unit, points: quick },
  };
}
