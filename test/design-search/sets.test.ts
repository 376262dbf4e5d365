import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frontOf, readEdits } from '#design-search';
import { setsOfEdits } from '../../src/design-search/candidates.js';
import { temporaryDirectory } from '../support/temporary.js';

const cost = (metadataBytes: number, rebuilt: number, downloadBytes = 1, work = 1) => {
  return { metadataBytes, downloadBytes, work, packages: 10, rebuilt, broken: [] };
};

describe('sets of edits', () => {
  const edits = ['a', 'b', 'c'].map((name) => ({ name, about: name }));

  it('come with the fewest first, each once', () => {
    const names = [...setsOfEdits(edits)].map((set) => set.map(({ name }) => name).join(''));
    expect(names).toEqual(['', 'a', 'b', 'c', 'ab', 'ac', 'bc', 'abc']);
  });

  it('are on the front unless another one is as good in everything and better in something', () => {
    expect([...frontOf([cost(1, 9), cost(5, 5), cost(6, 5), cost(9, 1), cost(1, 9)])]).toEqual([0, 1, 3, 4]);
    expect([...frontOf([cost(1, 9), cost(1, 9, 1, 2)])]).toEqual([0]);
  });
});

describe('edits in a file', () => {
  it('are refused with line and column where a word is unknown or a name is there twice', async () => {
    const file = join(await temporaryDirectory(), 'edits.yaml');
    await writeFile(file, 'edits:\n  - name: a\n    about: x\n    packagez: {}\n');
    await expect(readEdits(file)).rejects.toMatchObject({
      code: 'unknown-key',
      place: { line: 4 },
      message: expect.stringContaining('packages'),
    });
    await writeFile(file, 'edits:\n  - { name: a, about: x }\n  - { name: a, about: y }\n');
    await expect(readEdits(file)).rejects.toThrow(/"a" is there twice/);
  });
});
