import type { ExpectationResult } from '#run-document';
import type { Bound } from '#scenario';

type Value = string | number | boolean;
type Absent = Extract<ExpectationResult['found'], { absent: string }>;

export const noKernel: Absent = { absent: 'kernel' };

/** One expectation held against what was found; none where nothing is expected. */
export function equal(aspect: string, want: Value | undefined, found: Value | Absent): ExpectationResult[] {
  if (want === undefined) return [];
  const there = typeof found === 'object' ? found : { is: found };
  return [{ aspect, expected: { is: want }, found: there, passed: want === found }];
}

/** A number or a range. */
export function within(aspect: string, bound: Bound | undefined, found: number | Absent): ExpectationResult[] {
  if (bound === undefined) return [];
  if (typeof bound === 'number') return equal(aspect, bound, found);
  const { min = null, max = null } = bound;
  const expected = { min, max };
  if (typeof found === 'object') return [{ aspect, expected, found, passed: false }];
  const passed = found >= (min ?? found) && found <= (max ?? found);
  return [{ aspect, expected, found: { is: found }, passed }];
}
