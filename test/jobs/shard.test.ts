import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inShard, jobKeySchema, mergedShards, parseShard, readShard, type Shard } from '#jobs';
import { temporaryDirectory } from '../support/temporary.js';

const key = jobKeySchema.parse('a'.repeat(64));
const part: Shard = {
  format: 'kmplab/shard',
  version: 1,
  identity: 'lab',
  sweep: { name: 'sweep', text: 'question: why' },
  shard: { index: 1, of: 2 },
  results: { [key]: { size: 1 } },
};
const merge = (...parts: Shard[]) => mergedShards(parts.map((shard, index) => ({ file: `${index}.json`, shard })));

describe('parts of a list of jobs', () => {
  it('have each job in exactly one part, and differ by one in size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 20 }), (jobs, of) => {
        const sizes = Array.from({ length: of }, () => 0);
        for (let position = 0; position < jobs; position += 1) {
          const parts = sizes.flatMap((_, index) => (inShard(position, { index: index + 1, of }) ? [index] : []));
          expect(parts).toHaveLength(1);
          sizes[parts[0] ?? 0] = (sizes[parts[0] ?? 0] ?? 0) + 1;
        }
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['0/2', '3/2', '1', 'a/b', '1/0', '-1/2', '1/20000', ''])('refuse the number %j', (text) => {
    expect(() => parseShard(text)).toThrow('no part of a whole');
  });

  it('are found again by their keys', async () => {
    expect(await merge(part).find(key)).toEqual({ size: 1 });
    expect(await merge(part).find(jobKeySchema.parse('b'.repeat(64)))).toBeUndefined();
  });

  it.each([
    ['labs', { identity: 'another' }],
    ['sweeps', { sweep: { name: 'sweep', text: 'question: how' } }],
    ['divisions', { shard: { index: 2, of: 3 } }],
    ['different results', { results: { [key]: { size: 2 } } }],
  ])('of different %s do not go together', (what, change) => {
    expect(() => merge(part, { ...part, ...change })).toThrow(what);
  });

  it.each([
    ['no key', { results: { '../../etc': 1 } }],
    ['no part', { format: 'kmplab/run' }],
    ['another version', { version: 2 }],
  ])('are refused as a file with %s', async (_, change) => {
    const file = join(await temporaryDirectory(), 'part.json');
    await writeFile(file, JSON.stringify({ ...part, ...change }));
    await expect(readShard(file)).rejects.toThrow(file);
  });
});
