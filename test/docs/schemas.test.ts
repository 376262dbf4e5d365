import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { comparisonJsonSchema, trendJsonSchema } from '#compare';
import { gateFileJsonSchema, gateVerdictJsonSchema } from '#gate';

/** What to do where one of these fails: `make scenario-format`. */
describe('the published JSON Schema', () => {
  it.each([
    ['kmplab-gate', gateFileJsonSchema],
    ['gate-verdict', gateVerdictJsonSchema],
    ['comparison', comparisonJsonSchema],
    ['trend', trendJsonSchema],
  ])('of %s is fresh', async (name, schema) => {
    const committed: unknown = JSON.parse(await readFile(`docs/formats/${name}.schema.json`, 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(schema())));
  });
});
