import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBuiltinHardware } from '#hardware';
import { writtenGzipBytes } from '#repomd';
import { hardwareNamed, kernelNamed, MemoryRepositories, StepMemory, WarmSolves } from '#run';
import { readRunDocument, type StepResult } from '#run-document';
import { answer, type Lab, questionCommand, questionOfAddress, questionScenarioText } from '#what-if';
import { cli } from '../support/cli.js';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kmplab-what-if-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The question as a shell would run it, where no word needs quotes. */
async function solved(address: string): Promise<StepResult> {
  const [, ...words] = questionCommand(questionOfAddress(address)).split(' ');
  const { out, err } = await cli(...words, '--json', '--quiet');
  expect(err).toBe('');
  return JSON.parse(out);
}

/** Nobody counts work where one question is asked. */
function uncounted({ counters, promises, expectations: _, ...step }: StepResult): unknown {
  const judged = promises.filter(({ promise }) => promise !== 'withinBudget');
  return { ...step, counters: { ...counters, work: null }, promises: judged };
}

describe('a question', () => {
  it('about what nothing has is answered with the nearest name', async () => {
    const { code, err } = await cli('solve', 'in', 'kernel-rd', '--kernel', 'debian-6.1.0-53-rt-amd64', '--quiet');
    expect([code, err.includes('write "')]).toEqual([2, true]);
  });

  it('is of kernel builds or of repositories, not of both', async () => {
    const { code, err } = await cli('solve', 'up', '--kernel', 'debian-6.1.0-53-rt-amd64', '--repo', '/srv');
    expect([code, err.includes('--repo is of repositories on disk')]).toEqual([2, true]);
  });

  it('has the same answer, counters and memory included, from pools that were set up for other questions', async () => {
    const made = new Map();
    const gzipBytes = async (document: Uint8Array) => writtenGzipBytes(document);
    const repositories = new MemoryRepositories({ kernelNamed, made, gzipBytes, onProgress: () => undefined });
    const solves = new WarmSolves();
    const lab = { repositories, hardwareNamed, onProgress: () => undefined };
    const plain: Lab = { ...lab, memory: new StepMemory() };
    const warm: Lab = { ...lab, memory: new StepMemory(), solves };
    const machine = 'kernel=debian-6.1.0-53-rt-amd64&scheme=split&hardware=laptop-e1000e&had=kernel-rt';
    for (const asked of ['up', 'in&name=base-system&lock=base*', 'rm&name=kernel-rt', 'inr']) {
      const question = questionOfAddress(`verb=${asked}&${machine}`);
      expect([asked, (await answer(question, warm)).step]).toEqual([asked, (await answer(question, plain)).step]);
    }
    solves.dispose();
  });

  it.each([
    'verb=in&name=kernel-rt&kernel=debian-6.1.0-53-rt-amd64&hardware=laptop-e1000e&scheme=monolithic',
    'verb=inr&kernel=debian-6.1.0-53-rt-amd64&hardware=laptop-e1000e&had=kernel-rt&lock=e1000e-kmp-rt',
    'verb=in&name=kernel-rt&kernel=debian-6.1.0-53-rt-amd64&scheme=split&withhold=kernel-rt-extra',
  ])('has one answer, as a command and as a scenario file: %s', async (address) => {
    const question = questionOfAddress(address);
    const file = join(directory, 'what-if.yaml');
    const hardware = question.hardware === null ? null : await loadBuiltinHardware(question.hardware);
    await writeFile(file, questionScenarioText(question, hardware));
    await cli('run', file, '--samples', '0', '--jobs', '1', '--quiet', '-o', join(directory, 'out'));
    const { scenarios } = await readRunDocument(join(directory, 'out', 'run.json'));
    const ran = scenarios[0]?.steps.at(-1);
    expect(ran).toBeDefined();
    if (ran === undefined) return;
    expect(uncounted(await solved(address))).toEqual(uncounted(ran));
  });
});
