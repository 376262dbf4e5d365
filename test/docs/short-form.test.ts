import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagonal, shortForm } from '../support/short-form.js';

const tables = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), { maxLength: 12 });

describe('the short form of a table', () => {
  test('shows all that the table shows, and loses no row', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const { taken, left } = shortForm(rows, (row) => row, true);
        expect(new Set(taken.flat())).toEqual(new Set(rows.flat()));
        expect([...taken, ...left].sort()).toEqual([...rows].sort());
      }),
    );
  });

  test('is the whole table where nobody asked for less', () => {
    expect(shortForm(['a', 'a'], (row) => [row], false)).toEqual({ taken: ['a', 'a'], left: [] });
    expect(diagonal(['a', 'b'], 1, 5, false)).toEqual({ taken: ['a', 'b'], left: [] });
  });

  test('leaves a row out that shows nothing new', () => {
    expect(shortForm(['ab', 'a', 'bc'], (row) => [...row], true)).toEqual({ taken: ['ab', 'bc'], left: ['a'] });
  });

  test('has each request under some scheme, and some request under each', () => {
    const requests = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const parts = [0, 1, 2, 3, 4].map((scheme) => diagonal(requests, scheme, 5, true));
    expect(new Set(parts.flatMap(({ taken }) => taken))).toEqual(new Set(requests));
    expect(parts.every(({ taken, left }) => taken.length > 0 && taken.length + left.length === 7)).toBe(true);
  });
});
