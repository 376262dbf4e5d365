import type { ExpectationResult } from '#run-document';
import type { Bound } from '#scenario';

/** One expectation held against what was found; none where nothing is expected. */
export function equal(aspect: string, want: string | number | undefined, found: string | number): ExpectationResult[] {
  if (want === undefined) return [];
  return [{ aspect, expected: String(want), found: String(found), passed: want === found }];
}

/** A number or a range; null is a kernel that is not there. */
export function within(aspect: string, bound: Bound | undefined, found: number | null): ExpectationResult[] {
  if (bound === undefined) return [];
  if (typeof bound === 'number') return equal(aspect, bound, found ?? 'no kernel');
  const { min, max } = bound;
  const parts = [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])];
  const passed = found !== null && found >= (min ?? found) && found <= (max ?? found);
  return [{ aspect, expected: parts.join(', '), found: String(found ?? 'no kernel'), passed }];
}
