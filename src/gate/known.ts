import type { SettledCheck } from './drafts.js';
import type { GateFile } from './gate-file.js';
import { matcherOf } from './policy.js';

/** Softens what is known until its day has passed, and says which entries have expired or mean nothing any more. */
export function knownFindings(
  checks: readonly SettledCheck[],
  { known }: GateFile,
  today: string,
): { readonly checks: SettledCheck[]; readonly notes: string[] } {
  const entries = known.map((entry) => ({ ...entry, matches: matcherOf(entry), expired: entry.until < today }));
  const used = new Set<(typeof entries)[number]>();
  const softened = checks.map((check): SettledCheck => {
    if (check.status !== 'failed' && check.status !== 'unknown') return check;
    const entry = entries.find(({ matches }) => matches(check));
    if (entry === undefined) return check;
    used.add(entry);
    if (entry.expired) return { ...check, why: `was known until ${entry.until}: ${entry.reason}` };
    return { ...check, status: 'known', why: `known until ${entry.until}: ${entry.reason}` };
  });
  const idle = entries.filter((entry) => !used.has(entry));
  return {
    checks: softened,
    notes: idle.map(({ reason }) => `A known finding matches nothing that fails, and can go: ${reason}`),
  };
}
