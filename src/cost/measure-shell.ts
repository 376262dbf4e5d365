import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Costs } from './document.js';
import type { MeasureOptions } from './measure-trees.js';
import { type Point, timed, tool } from './timing.js';

const sizes = [10, 1000, 4000];

/** What weak-modules2 pays for the copy of a kernel's tree: a shell that starts `ln` for each file that is not in kernel/. */
export async function measureShellLinks({
  scratch,
  samples,
  onProgress,
}: Pick<MeasureOptions, 'scratch' | 'samples' | 'onProgress'>): Promise<Costs['measured']['shellLinks']> {
  const room = join(scratch, 'links');
  const points: Point[] = [];
  for (const size of sizes) {
    onProgress(`${size} links, one by one`);
    const empty = async (): Promise<void> => {
      await rm(room, { recursive: true, force: true });
      await mkdir(room);
    };
    const script = 'for ((n = 0; n < $1; n++)); do ln -s "/nowhere/$n.ko" "$0/$n.ko"; done';
    points.push(await timed(size, samples, empty, () => tool('bash', ['-c', script, room, String(size)])));
  }
  await rm(room, { recursive: true, force: true });
  return { what: 'bash, which starts ln -s for each link', unit: 'links', points };
}
