import { expect, test } from 'vitest';
import { type ChallengeOptions, challenge } from '#challenge';

const options: ChallengeOptions = { seed: 1, first: 0, histories: 2, requests: 3, promises: ['drivenStaysDriven'] };

test('the same seed has the same finds and counts', async () => {
  const [once, again] = [await challenge('modular', options), await challenge('modular', options)];
  expect(again).toEqual(once);
  expect(once.counts).toMatchObject({ histories: 2, requests: 6 });
});
