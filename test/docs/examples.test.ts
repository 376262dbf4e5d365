import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChannelFile, readSweep } from '#run';
import { parseScenario } from '#scenario';
import { blocks } from '../support/markdown.js';
import { temporaryDirectory } from '../support/temporary.js';

describe('the examples in the documentation', () => {
  it('of the scenario page is a scenario', async () => {
    const [example] = blocks(await readFile('docs/scenarios.md', 'utf8'), 'yaml');
    expect(parseScenario(example ?? '', 'docs/scenarios.md').steps).toHaveLength(2);
  });

  it('of a channel is one', async () => {
    const [example] = blocks(await readFile('docs/channel.md', 'utf8'), 'yaml');
    const file = join(await temporaryDirectory(), 'channel.yaml');
    await writeFile(file, example ?? '');
    expect((await readChannelFile(file)).channel.kernels).toEqual([2, 4, 10, 30]);
    for (const name of await readdir('scenarios/channels'))
      await expect(readChannelFile(join('scenarios/channels', name)), name).resolves.toBeDefined();
  });

  it('of sweeps are sweeps', async () => {
    const [example] = blocks(await readFile('docs/methods.md', 'utf8'), 'yaml');
    const file = join(await temporaryDirectory(), 'sweep.yaml');
    await writeFile(file, example ?? '');
    expect((await readSweep(file)).series).toHaveLength(2);
    for (const name of await readdir('scenarios/sweeps'))
      expect((await readSweep(join('scenarios/sweeps', name))).series).not.toEqual([]);
  });

  it('link to files that are there', async () => {
    for (const page of [
      'README.md',
      'docs/headlines.md',
      'docs/architecture.md',
      'docs/methods.md',
      'docs/scenarios.md',
    ]) {
      const text = await readFile(page, 'utf8');
      for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
        const path = new URL(target ?? '', new URL(page, `file://${process.cwd()}/`));
        await expect(stat(path), `${page}: ${target}`).resolves.toBeDefined();
      }
    }
  });
});
