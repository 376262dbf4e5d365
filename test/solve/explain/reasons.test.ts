import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthMax } from '#run-document';
import { type Branch, finding, placesOf, reasonsOf } from '../../../src/solve/explain/reasons.js';

const says = (modalias: string, because: readonly Branch[] = []): Branch =>
  finding({ kind: 'hardware', modalias }, because);
const chain = (length: number, from = 0): Branch =>
  Array.from({ length }, (_, index) => from + length - 1 - index).reduce<Branch[]>(
    (below, number) => [says(`${number}`, below)],
    [],
  )[0] ?? says('none');
const told = (tree: Branch): string[] =>
  reasonsOf(tree).map(({ depth, statement }) =>
    statement.kind === 'hardware' ? `${depth} ${statement.modalias}` : `${depth} ${JSON.stringify(statement)}`,
  );
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

const anyTree: fc.Arbitrary<Branch> = fc.letrec<{ tree: Branch }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.integer({ min: 1, max: 60 }).map((length) => chain(length)),
    fc.tuple(fc.integer({ min: 1, max: 45 }), fc.array(tie('tree'), { maxLength: 4 })).map(([length, below]) => {
      const tree = chain(length);
      placesOf(tree)
        .at(-1)
        ?.branch.because.push(...below);
      return tree;
    }),
  ),
})).tree;

describe('reasons as they are told', () => {
  it('are the whole tree where it is short, each statement followed by what it rests on', () => {
    const tree = says('a', [says('b', [says('c')]), says('d')]);
    expect(told(tree)).toEqual(['0 a', '1 b', '2 c', '1 d']);
    expect(told(chain(40))).toEqual(range(0, 40).map((number) => `${number} ${number}`));
  });

  it('are both ends of a long way, and the number of what lies between', () => {
    expect(told(chain(100_000))).toEqual([
      ...range(0, 20).map((number) => `${number} ${number}`),
      '20 {"kind":"leftOut","statements":99960}',
      ...range(0, 20).map((index) => `${21 + index} ${99_980 + index}`),
    ]);
  });

  it('leave out of a long way what hangs on its middle, and follow it to its end all the same', () => {
    const tree = chain(100);
    const places = placesOf(tree);
    // Shorter branches before and after the way.
    places[30]?.branch.because.unshift(chain(25, 1000));
    places[50]?.branch.because.push(chain(45, 2000));
    const lines = told(tree);
    expect(lines).toHaveLength(41);
    expect(lines[20]).toBe('20 {"kind":"leftOut","statements":130}');
    expect(lines.at(-1)).toBe('40 99');
  });

  it('stop after a page, and say how much is left', () => {
    const wide = says(
      'root',
      range(0, 1000).map((number) => says(`${number}`)),
    );
    const lines = told(wide);
    expect(lines).toHaveLength(401);
    expect(lines.at(-1)).toBe('1 {"kind":"leftOut","statements":601}');
  });

  it('account for every statement of any tree, and fit in a document', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const reasons = reasonsOf(tree);
        const counted = reasons.map(({ statement }) => (statement.kind === 'leftOut' ? statement.statements : 1));
        expect(counted.reduce((sum, number) => sum + number, 0)).toBe(placesOf(tree).length);
        expect(reasons.length).toBeLessThanOrEqual(401);
        reasons.forEach(({ depth }, index) => {
          expect(depth).toBeLessThanOrEqual(index === 0 ? 0 : Math.min(depthMax, (reasons[index - 1]?.depth ?? 0) + 1));
        });
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
