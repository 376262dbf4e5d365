import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRunDocument } from '#run-document';
import { expectableCounters, scenarioJsonSchema, scenarioReference } from '#scenario';
import { cli } from '../support/cli.js';
import { counters } from '../support/run-document.js';
import { temporaryDirectory } from '../support/temporary.js';

const page = 'docs/scenarios.md';

/** What to do where one of these fails: `make scenario-format`. */
describe('what is generated from the scenario format is fresh', () => {
  it('the JSON Schema for editors', async () => {
    const committed: unknown = JSON.parse(await readFile('scenarios/scenario.schema.json', 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
  });

  it('the tables of the page', async () => {
    // The formatter pads columns.
    const squeezed = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    expect(squeezed(await readFile(page, 'utf8'))).toContain(squeezed(scenarioReference()));
  });

  it('and the command prints both', async () => {
    expect(JSON.parse((await cli('scenario', 'schema')).out)).toMatchObject({ title: 'kmplab scenario' });
    expect((await cli('scenario', 'reference')).out).toContain('### A request: `steps[].request`');
  });
});

describe('the page', () => {
  it('has examples that run and are met', { timeout: 120_000 }, async () => {
    const text = await readFile(page, 'utf8');
    const examples = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, body]) => body ?? '');
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const directory = await temporaryDirectory();
    for (const [index, example] of examples.entries()) {
      const file = join(directory, `example${index}.yaml`);
      await writeFile(file, example);
      const { out } = await cli('run', file, '--samples', '0', '--json');
      const [scenario] = parseRunDocument(out, 'stdout').scenarios;
      const failed = scenario?.steps.flatMap(({ expectations }) => expectations.filter(({ passed }) => !passed));
      expect({ status: scenario?.status, error: scenario?.error, failed }).toEqual({
        status: 'passed',
        error: null,
        failed: [],
      });
    }
  });

  it('describes every key', () => {
    const undescribed = scenarioReference()
      .split('\n')
      .filter((line) => /^\| `.*\|\s+\|$/.test(line));
    expect(undescribed).toEqual([]);
  });
});

it('every counter that a scenario can expect is in the run document', () => {
  expect(Object.keys(counters())).toEqual(expect.arrayContaining([...expectableCounters]));
});
