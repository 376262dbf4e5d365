import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Trials } from '#run';
import { cellsOf, runSmall, scoreScenarios } from '#scorecard';

/** Rows of the table after the mark: design, and the promises that it breaks. */
async function tableOfAnswer(): Promise<(readonly [string, readonly string[]])[]> {
  const page = await readFile('docs/answer.md', 'utf8');
  const [, table = ''] = page.split('<!-- broken promises -->');
  const [section = ''] = table.split('\n**');
  return section.split('\n').flatMap((line) => {
    const [, design, promises] = /^\| `([^`]+)`\s*\|(.*)\|$/.exec(line) ?? [];
    if (design === undefined || promises === undefined) return [];
    return [[design, [...promises.matchAll(/`(\w+)`/g)].map(([, promise = '']) => promise)] as const];
  });
}

it('the page says which promises each design breaks in the scorecard’s own small scenarios', async () => {
  const rows = await tableOfAnswer();
  expect(rows.length).toBeGreaterThan(2);
  const scenarios = (await scoreScenarios('.')).filter(
    ({ ground, label }) => ground !== 'catalogue' && !label.endsWith('-all.yaml'),
  );
  for (const [design, promises] of rows) {
    const trials = new Trials({ counting: true });
    const { tested, notRun } = await runSmall(design, scenarios, trials);
    trials.dispose();
    expect(notRun).toEqual([]);
    const broken = cellsOf(tested, null).filter(({ status }) => status === 'broken');
    expect([design, broken.map(({ promise }) => promise)]).toEqual([design, promises]);
  }
}, 600_000);
