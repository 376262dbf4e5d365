import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFilesSorted } from '#files';
import { readScenario } from '#scenario';

const page = 'docs/catalogue.md';
const folder = 'scenarios/real';

/** The sections, by what the files of scenarios call them. */
const topics: Readonly<Record<string, string>> = {
  updates: 'Fresh machines and updates',
  severalKernels: 'Several kernels',
  wrongHelpers: 'Helpers of the wrong kernel',
  fourKernels: 'Four kernels in reach',
  outsideDrivers: 'Drivers from outside of the kernel package',
  hardware: 'Hardware, and what a machine needs',
};

/** The rows that begin with a scenario: the section that they are in, the file, and what the last column says. */
async function rows(): Promise<{ readonly section: string; readonly file: string; readonly zypper: string }[]> {
  const sections = (await readFile(page, 'utf8')).split(/^## /m);
  return sections.flatMap((text) =>
    [...text.matchAll(/^\| \[[^\]]+\]\(\.\.\/([^)]+)\) .*\| ([^|]+?) +\|$/gm)].map(([, file = '', zypper = '']) => ({
      section: text.split('\n', 1)[0] ?? '',
      file,
      zypper,
    })),
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

  it('has each scenario in the section that its file names', async () => {
    for (const { file, section } of await rows()) {
      const { scenario } = await readScenario(file);
      expect(`${file}: ${topics[scenario.topic ?? '']}`).toBe(`${file}: ${section}`);
    }
  });

  it('links to files that are there', async () => {
    const text = await readFile(page, 'utf8');
    for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g))
      await expect(stat(join('docs', target ?? '')), target).resolves.toBeDefined();
  });
});
