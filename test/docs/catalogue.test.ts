import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFilesSorted } from '#files';
import { readScenario } from '#scenario';

const page = 'docs/catalogue.md';
const folder = 'scenarios/real';

/** The rows that begin with a scenario: its file, and what the last column says. */
async function rows(): Promise<{ readonly file: string; readonly zypper: string }[]> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^\| \[[^\]]+\]\(\.\.\/([^)]+)\) .*\| ([^|]+?) +\|$/gm)].map(
    ([, file = '', zypper = '']) => ({
      file,
      zypper,
    }),
  );
}

describe('the catalogue', () => {
  it('has every scenario, once', async () => {
    const files = (await listFilesSorted(folder)).map((file) => join(folder, file));
    expect((await rows()).map(({ file }) => file).sort()).toEqual(files);
  });

  it('says which of them are put to zypper', async () => {
    for (const { file, zypper } of await rows()) {
      const { scenario } = await readScenario(file);
      expect(`${file}: ${zypper === 'yes'}`).toBe(`${file}: ${scenario.comparedWith === 'zypper'}`);
    }
  });

  it('links to files that are there', async () => {
    const text = await readFile(page, 'utf8');
    for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g))
      await expect(stat(join('docs', target ?? '')), target).resolves.toBeDefined();
  });
});
