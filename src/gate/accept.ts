import type { RunDocument } from '#run-document';
import { type Accepted, type Baseline, baselineOf } from './baseline.js';
import type { GateCheck, GateVerdict } from './verdict.js';

export interface AcceptOptions {
  /** The day, `2026-11-21`. */
  readonly on: string;
  readonly by: string;
  readonly reason: string;
  /** Whether the run is a part of what the baseline has: the rest stays. */
  readonly part: boolean;
}

/** So many values that moved are kept by name, and so many moves. */
const kept = { first: 20, moves: 100 };

/** A run as the new baseline: who moved it, what moved and why stay with it. Without an old one everything is new. */
export function accept(
  run: RunDocument,
  old: { readonly baseline: Baseline; readonly verdict: GateVerdict } | null,
  { on, by, reason, part }: AcceptOptions,
): Baseline {
  const taken = baselineOf(run);
  const checks = old?.verdict.checks ?? [];
  const moved = checks.filter(({ status }) => status !== 'passed' && status !== 'better');
  const count = (of: (check: GateCheck) => boolean): number => checks.filter(of).length;
  const entry: Accepted = {
    on,
    by,
    reason,
    commit: run.environment.kmplab.commit,
    failed: count(({ status }) => status === 'failed' || status === 'warned' || status === 'known'),
    better: count(({ status }) => status === 'better'),
    unknown: count(({ status }) => status === 'unknown'),
    first: [...moved, ...checks.filter(({ status }) => status === 'better')]
      .slice(0, kept.first)
      .map(({ subject, aspect, expected, found }) => `${subject}: ${aspect}: ${expected}, now ${found}`),
  };
  const accepted = [entry, ...(old?.baseline.accepted ?? [])].slice(0, kept.moves);
  return part && old !== null ? { ...merged(old.baseline, taken), accepted } : { ...taken, accepted };
}

/** What the part has takes the place of its namesakes; what it has not stays. */
function merged(old: Baseline, part: Baseline): Baseline {
  return {
    ...part,
    name: old.name,
    kernels: replaced(old.kernels, part.kernels, ({ release }) => release),
    churn: replaced(old.churn, part.churn, ({ from, to }) => `${from} ${to}`),
    repositories: replaced(old.repositories, part.repositories, ({ name }) => name),
    scenarios: replaced(old.scenarios, part.scenarios, ({ id }) => id),
    growth: replaced(old.growth, part.growth, ({ name }) => name),
  };
}

function replaced<Element>(
  old: readonly Element[],
  part: readonly Element[],
  key: (element: Element) => string,
): Element[] {
  const news = new Map<string, Element[]>();
  for (const element of part) news.set(key(element), [...(news.get(key(element)) ?? []), element]);
  const names = new Set(old.map(key));
  const first = new Set<string>();
  const kept = old.flatMap((element) => {
    const name = key(element);
    const by = news.get(name);
    if (by === undefined) return [element];
    // Several of one name are replaced together, where the first of them stood.
    if (first.has(name)) return [];
    first.add(name);
    return by;
  });
  return [...kept, ...part.filter((element) => !names.has(key(element)))];
}
