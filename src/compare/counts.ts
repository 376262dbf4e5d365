import type { Counters, MovedCount } from '#run-document';
import type { ComparedCase } from './case.js';

/** Every exact count of a solve by its name. Decisions belong to the answer. */
function countsOf({ work, rules, decisions: _answer, ...numbers }: Counters): Map<string, number> {
  return new Map<string, number>([
    ...Object.entries(work ?? {}).map(([phase, edges]): [string, number] => [`work.${phase}`, edges]),
    ...Object.entries(numbers),
    ...Object.entries(rules).map(([type, count]): [string, number] => [`rules.${type}`, count]),
  ]);
}

/** The counts that differ between two sides of one request; nothing where one of them has no answer. */
export function movedCounts({ a, b }: Pick<ComparedCase, 'a' | 'b'>): MovedCount[] {
  if ('failed' in a || 'failed' in b) return [];
  return pairedCounts(a.counters, b.counters).filter((count) => count.a !== count.b);
}

/** What the totals are of: cost, by phase where it is known by phase. */
const summed = /^(work\.|rulesTotal$|heapBytesMax$|steps$|downloadBytes$)/;

/** Sums over all requests that both sides answered. */
export function totalCounts(cases: readonly Pick<ComparedCase, 'a' | 'b'>[]): MovedCount[] {
  const totals = new Map<string, { a: number; b: number }>();
  for (const { a, b } of cases) {
    if ('failed' in a || 'failed' in b) continue;
    for (const count of pairedCounts(a.counters, b.counters)) {
      if (!summed.test(count.metric)) continue;
      const total = totals.get(count.metric) ?? { a: 0, b: 0 };
      totals.set(count.metric, { a: total.a + count.a, b: total.b + count.b });
    }
  }
  return [...totals].map(([metric, total]) => ({ metric, ...total }));
}

function pairedCounts(a: Counters, b: Counters): MovedCount[] {
  const [ofA, ofB] = [countsOf(a), countsOf(b)];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].map((metric) => ({
    metric,
    a: ofA.get(metric) ?? 0,
    b: ofB.get(metric) ?? 0,
  }));
}
