import { expect, it } from 'vitest';
import { append, grouped, mostFrequent, tally } from '../../src/collections/index.js';

it('a list begins with its first value, and keeps their order', () => {
  const lists = new Map<string, number[]>();
  for (const [key, value] of [
    ['b', 2],
    ['a', 1],
    ['b', 1],
  ] as const)
    append(lists, key, value);
  expect([...lists]).toEqual([
    ['b', [2, 1]],
    ['a', [1]],
  ]);
  expect([...grouped([3, 1, 4, 1, 5], (digit) => digit % 2 === 0)]).toEqual([
    [false, [3, 1, 1, 5]],
    [true, [4]],
  ]);
});

it('names are counted, and of equally frequent ones the first by name is taken, in whatever order they come', () => {
  const names = ['b', 'a', 'c', 'a', 'b'];
  const counted = [
    { name: 'a', count: 2 },
    { name: 'b', count: 2 },
    { name: 'c', count: 1 },
  ];
  expect([tally(names), tally(names.toReversed())]).toEqual([counted, counted]);
  expect([mostFrequent(names), mostFrequent(names.toReversed()), mostFrequent([])]).toEqual(['a', 'a', null]);
});
