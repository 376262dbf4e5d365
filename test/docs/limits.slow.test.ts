import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { bytes, compact, fixed } from '#tell';
import { cli } from '../support/cli.js';

const foundSchema = z.object({
  shapes: z.array(
    z.object({
      points: z.array(z.object({ size: z.number(), work: z.object({ order: z.number() }), heapBytesMax: z.number() })),
    }),
  ),
});

it('the page on limits has the work and memory that kmplab limits finds of cycles through a kernel', async () => {
  const page = await readFile('docs/limits.md', 'utf8');
  const rows = [...page.matchAll(/^\| (\d+) +\| ([^|]+?) +\| ([^|]*?) +\| ([^|]+?) +\| ([^|]*?) +\|$/gm)];
  expect(rows.map(([, size]) => size)).toEqual(['100', '200', '400', '800']);
  // The last size takes 1.5 GB and most of a minute: it is left to the command.
  const { out } = await cli('limits', 'hub-cycles', '--work', '20000000', '--json', '--quiet');
  const [{ points = [] } = {}] = foundSchema.parse(JSON.parse(out)).shapes;
  const exponent = (after = 0, before = 0): string => fixed(Math.log2(after / before), 2);
  for (const [, size, ...cells] of rows.slice(0, 3)) {
    const point = points.find((one) => one.size === Number(size));
    const before = points.find((one) => one.size === Number(size) / 2);
    const [work, slope, memory, memorySlope] = cells;
    expect([size, work, slope, memory]).toEqual([
      size,
      compact(point?.work.order ?? 0),
      exponent(point?.work.order, before?.work.order),
      bytes(point?.heapBytesMax ?? 0),
    ]);
    // Of small sizes the memory is mostly the pool's.
    if (memorySlope !== '') expect(memorySlope).toBe(exponent(point?.heapBytesMax, before?.heapBytesMax));
  }
});
