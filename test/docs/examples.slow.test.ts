import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunDocument } from '#run-document';
import { type CliResult, cli } from '../support/cli.js';
import { blocks } from '../support/markdown.js';

describe('the commands in the documentation', () => {
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
    ['docs/channel.md', 3],
  ])('of %s run, one after the other, and succeed', async (page, least) => {
    const commands = blocks(await readFile(page, 'utf8'), 'sh').flatMap((block) => block.trim().split('\n'));
    expect(commands.length).toBeGreaterThanOrEqual(least);
    for (const command of commands) {
      const { code, err } = await example(command);
      expect(`${command}: ${code} ${code === 0 ? '' : err}`.trim()).toBe(`${command}: 0`);
    }
  });

  it('of an explanation is what is printed', async () => {
    const page = await readFile('docs/methods.md', 'utf8');
    const [generate = '', why = ''] = (blocks(page, 'sh')[0] ?? '').split('\n');
    await example(generate);
    const { code, out } = await example(why);
    expect(code).toBe(0);
    expect(page).toContain(out.trimEnd().replace(/^/gm, '    '));
  });

  it('of a kernel update solves with more than 8,000 solvables, and breaks no package', async () => {
    const command = 'kmplab run scenarios/real/kernel-update-by-name.yaml --samples 0 --json';
    expect(blocks(await readFile('README.md', 'utf8'), 'sh').join('')).toContain(command);
    const { out } = await example(command);
    const last = parseRunDocument(out, 'stdout').scenarios[0]?.steps.at(-1);
    expect(last?.counters.solvables).toBeGreaterThanOrEqual(8000);
    expect(last?.violationsTotal).toBe(0);
  });
});
