import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { shortForm, testTable } from '../support/short-form.js';
import { wholeBuilds } from './golden/builds.js';
import { goldenRow, variants, variantText } from './golden/variants.js';

const golden = JSON.parse(readFileSync(new URL('golden/whole.golden.json', import.meta.url), 'utf8'));
const [older, newer] = await wholeBuilds();

describe('every scheme and option packages the same bytes as ever, of whole kernels', () => {
  const table = variants.map((variant) => [variantText(variant), variant] as const);
  testTable(
    shortForm(table, ([, [scheme]]) => [scheme]),
    '%s',
    async (text, variant) => {
      if (older === undefined || newer === undefined) throw new Error('two builds');
      expect(goldenRow(variant, { '-53': [older], '-54': [newer] })).toEqual(golden[text]);
    },
  );
});
