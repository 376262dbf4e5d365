import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSweep } from '#run';
import { parseScenario } from '#scenario';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

/** The fenced blocks of one language in a Markdown text. */
function blocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, body]) => body ?? '',
  );
}

describe('the examples in the documentation', () => {
  it.each([
    ['README.md', 6],
    ['docs/methods.md', 3],
  ])('of %s run, one after the other, and succeed', { timeout: 240_000 }, async (page, least) => {
    const directory = await temporaryDirectory();
    const commands = blocks(await readFile(page, 'utf8'), 'sh').flatMap((block) => block.trim().split('\n'));
    expect(commands.length).toBeGreaterThanOrEqual(least);
    for (const command of commands) {
      const [program, ...args] = command.replaceAll('/tmp/', `${directory}/`).split(' ');
      expect(program).toBe('kmplab');
      const { code, err } = await cli(...args);
      expect(`${command}: ${code} ${code === 0 ? '' : err}`.trim()).toBe(`${command}: 0`);
    }
  });

  it('of an explanation is what is printed', { timeout: 240_000 }, async () => {
    const directory = await temporaryDirectory();
    const page = await readFile('docs/methods.md', 'utf8');
    const [generate = '', why = ''] = (blocks(page, 'sh')[0] ?? '')
      .split('\n')
      .map((line) => line.replaceAll('/tmp/', `${directory}/`));
    await cli(...generate.split(' ').slice(1));
    const { out } = await cli(...why.split(' ').slice(1));
    const printed = out.replaceAll(`${directory}/`, '/tmp/').trimEnd().replace(/^/gm, '    ');
    expect(page).toContain(printed);
  });

  it('of the scenario page is a scenario', async () => {
    const [example] = blocks(await readFile('docs/scenarios.md', 'utf8'), 'yaml');
    expect(parseScenario(example ?? '', 'docs/scenarios.md').steps).toHaveLength(2);
  });

  it('of sweeps are sweeps', async () => {
    const [example] = blocks(await readFile('docs/methods.md', 'utf8'), 'yaml');
    const file = join(await temporaryDirectory(), 'sweep.yaml');
    await writeFile(file, example ?? '');
    expect(await readSweep(file)).toHaveLength(2);
    for (const name of await readdir('scenarios/sweeps'))
      expect(await readSweep(join('scenarios/sweeps', name))).not.toEqual([]);
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
