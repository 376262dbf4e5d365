import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { partialBuilds } from './golden/builds.js';
import { goldenRow, variants, variantText } from './golden/variants.js';

const golden = JSON.parse(readFileSync(new URL('golden/part.golden.json', import.meta.url), 'utf8'));
const builds = await partialBuilds();

// Written by the schemes as TypeScript functions, before designs were files.
describe('every scheme and option packages the same bytes as ever', () => {
  test.each(variants.map((one) => [variantText(one), one] as const))('%s', (text, variant) => {
    expect(goldenRow(variant, builds)).toEqual(golden[text]);
  });
});
