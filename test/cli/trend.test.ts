import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunDocument, trendSchema } from '#run-document';
import { cli } from '../support/cli.js';
import { runDocument } from '../support/run-document.js';
import { temporaryDirectory } from '../support/temporary.js';

/** A run by a commit that no history has, whose rules are so many times as many. */
function runWith(commit: string, factor: number): RunDocument {
  const run = runDocument();
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    steps: scenario.steps.map((step) => ({
      ...step,
      counters: { ...step.counters, rulesTotal: step.counters.rulesTotal * factor },
    })),
  }));
  return { ...run, scenarios, environment: { ...run.environment, kmplab: { version: '0', commit } } };
}

async function runs(): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [index, [commit, factor]] of (
    [
      ['aaaaaaaaaaaa', 1],
      ['bbbbbbbbbbbb', 1],
      ['cccccccccccc', 3],
      ['dddddddddddd', 3],
    ] as const
  ).entries()) {
    await mkdir(join(directory, `${index}`));
    await writeFile(join(directory, `${index}`, 'run.json'), JSON.stringify(runWith(commit, factor)));
  }
  await writeFile(join(directory, 'other.json'), '{}');
  return directory;
}

describe('kmplab trend', () => {
  it('names the commit at which a line steps, and leaves out what is no run', async () => {
    const directory = await runs();
    const page = join(directory, 'trend.html');
    const { code, out } = await cli('trend', directory, '--html', page);
    expect(code).toBe(0);
    expect(out).toContain('1 step:');
    expect(out).toMatch(/rules \+200 %: .* from cccccccccccc on/);
    expect(out).toContain('left out: other.json');
    expect(await readFile(page, 'utf8')).toContain('from cccccccccccc on');
  });

  it('prints the same as JSON, which its schema accepts', async () => {
    const trend = trendSchema.parse(JSON.parse((await cli('trend', await runs(), '--json')).out));
    expect(trend.points.map(({ commit }) => commit?.[0])).toEqual(['a', 'b', 'c', 'd']);
    expect(trend.lines.flatMap(({ metric, steps }) => steps.map(({ at }) => [metric, at]))).toEqual([
      ['rulesTotal', 2],
    ]);
    expect(trend.left.map(({ file }) => file)).toEqual(['other.json']);
  });

  it('exits with 2 where no run is', async () => {
    const { code, err } = await cli('trend', await temporaryDirectory());
    expect([code, err.includes('no run document')]).toEqual([2, true]);
  });
});
