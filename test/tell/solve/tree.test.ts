import { expect, it } from 'vitest';
import type { Reason } from '#run-document';
import { reasonLines } from '#tell';

const at = (depth: number, modalias: string): Reason => ({
  depth,
  statement: { kind: 'hardware', modalias },
  decides: null,
});

it('draws what follows from what, and where a branch ends', () => {
  const reasons = [at(0, 'a'), at(1, 'b'), at(2, 'c'), at(3, 'd'), at(2, 'e'), at(1, 'f'), at(2, 'g')];
  expect(reasonLines(reasons).map((line) => line.replace('this machine has ', ''))).toEqual([
    'a',
    '├─ b',
    '│  ├─ c',
    '│  │  └─ d',
    '│  └─ e',
    '└─ f',
    '   └─ g',
  ]);
});

it('draws what somebody wrote at depths that no tree has', () => {
  expect(reasonLines([at(3, 'a'), at(50, 'b'), at(0, 'c')])).toHaveLength(3);
});
