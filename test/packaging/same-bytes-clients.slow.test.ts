import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wholeBuilds } from './golden/builds.js';
import { goldenRow, variants, variantText } from './golden/variants.js';

const golden = JSON.parse(readFileSync(new URL('golden/whole.golden.json', import.meta.url), 'utf8'));
const [older, newer] = await wholeBuilds();

describe('every scheme and option packages the same bytes as ever, of whole kernels', () => {
  test.each(variants.map((one) => [variantText(one), one] as const))('%s', (text, variant) => {
    if (older === undefined || newer === undefined) throw new Error('two builds');
    expect(goldenRow(variant, { '-53': [older], '-54': [newer] })).toEqual(golden[text]);
  });
});
