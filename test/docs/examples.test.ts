import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSweep } from '#run';
import { parseRunDocument } from '#run-document';
import { parseScenario } from '#scenario';
import { type CliResult, cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

/** The fenced blocks of one language in a Markdown text. */
function blocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, body]) => body ?? '',
  );
}

describe('the examples in the documentation', () => {
  /** Pages share examples, and each is run once. All write below one directory, in the place of /tmp. */
  const ran = new Map<string, Promise<CliResult>>();
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kmplab-examples-'));
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function example(command: string): Promise<CliResult> {
    const [program, ...args] = command.replaceAll('/tmp/', `${directory}/`).split(' ');
    expect(program).toBe('kmplab');
    const result = ran.get(command) ?? cli(...args);
    ran.set(command, result);
    const { out, ...rest } = await result;
    return { ...rest, out: out.replaceAll(`${directory}/`, '/tmp/') };
  }

  it.each([
    ['README.md', 6],
    ['docs/methods.md', 3],
  ])('of %s run, one after the other, and succeed', { timeout: 240_000 }, async (page, least) => {
    const commands = blocks(await readFile(page, 'utf8'), 'sh').flatMap((block) => block.trim().split('\n'));
    expect(commands.length).toBeGreaterThanOrEqual(least);
    for (const command of commands) {
      const { code, err } = await example(command);
      expect(`${command}: ${code} ${code === 0 ? '' : err}`.trim()).toBe(`${command}: 0`);
    }
  });

  it('of an explanation is what is printed', { timeout: 240_000 }, async () => {
    const page = await readFile('docs/methods.md', 'utf8');
    const [generate = '', why = ''] = (blocks(page, 'sh')[0] ?? '').split('\n');
    await example(generate);
    const { code, out } = await example(why);
    expect(code).toBe(0);
    expect(page).toContain(out.trimEnd().replace(/^/gm, '    '));
  });

  it('of a kernel update solves with more than 8,000 solvables, and breaks no package', {
    timeout: 240_000,
  }, async () => {
    const command = 'kmplab run scenarios/real/kernel-update-by-name.yaml --samples 0 --json';
    expect(blocks(await readFile('README.md', 'utf8'), 'sh').join('')).toContain(command);
    const { out } = await example(command);
    const last = parseRunDocument(out, 'stdout').scenarios[0]?.steps.at(-1);
    expect(last?.counters.solvables).toBeGreaterThanOrEqual(8000);
    expect(last?.violationsTotal).toBe(0);
  });

  it('of the scenario page is a scenario', async () => {
    const [example] = blocks(await readFile('docs/scenarios.md', 'utf8'), 'yaml');
    expect(parseScenario(example ?? '', 'docs/scenarios.md').steps).toHaveLength(2);
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
