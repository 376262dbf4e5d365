import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtinDates, builtinNames } from '#kernel';

it('kernels that come along are of the days that their history has', async () => {
  const { chain } = parse(await readFile('scenarios/histories/debian-6.1.yaml', 'utf8'));
  const dates = await builtinDates();
  expect([...dates]).toEqual(chain.map(({ kernel, date }: { kernel: string; date: string }) => [kernel, date]));
  expect(await builtinNames()).toEqual(expect.arrayContaining([...dates.keys()]));
});
