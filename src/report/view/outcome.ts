import type { StepResult, TransactionStep } from '#run-document';
import { bytes, count, counted, endedInText, isNotApplicable, noAnswerText, stepVerb } from '#tell';
import { packageName } from '../site/mentions.js';
import type { Pages } from '../site/pages.js';
import type { Address } from '../site/place.js';
import type { Badge } from './badge.js';

export interface ListItem {
  readonly text: string;
  readonly to: Address | null;
}

export interface ListView {
  readonly summary: string;
  readonly items: readonly ListItem[];
  /** Says how many are not listed; empty when all are. */
  readonly more: string;
}

/** A page with every one of 4,024 packages in several steps would be slow to open; run.json has them all. */
export const listedMax = 250;

/** No solution is a result like any other: it is neither good nor bad until an expectation says so. */
export function outcomeBadge(step: Pick<StepResult, 'outcome' | 'promises'>): Badge {
  const { outcome } = step;
  if (isNotApplicable(step)) return { tone: 'plain', sign: '\u2013', text: 'not applicable' };
  if (outcome.status === 'noAnswer') return { tone: 'unknown', sign: '?', text: noAnswerText(outcome.within) };
  if (outcome.status === 'unsolvable') return { tone: 'plain', sign: '\u2260', text: 'no solution' };
  if (outcome.steps.length === 0) return { tone: 'plain', sign: '=', text: 'nothing to do' };
  return { tone: 'plain', sign: '\u2192', text: 'solved' };
}

export function outcomeSummary(step: StepResult): string {
  const { outcome, counters } = step;
  if (isNotApplicable(step)) return 'It asks for what this scheme does not have.';
  if (outcome.status === 'noAnswer') return endedInText(outcome);
  if (outcome.status === 'unsolvable') return counted(outcome.problems.length, 'problem');
  if (outcome.steps.length === 0) return 'The solver changes nothing.';
  const byType = new Map<TransactionStep['type'], number>();
  for (const { type } of outcome.steps) byType.set(type, (byType.get(type) ?? 0) + 1);
  const kinds = [...byType].map(([type, number]) => `${count(number)} ${stepVerb(type)}`);
  const all = counted(outcome.steps.length, 'package');
  const [first] = byType.keys();
  const changes =
    byType.size === 1 && first !== undefined ? `${all} ${stepVerb(first)}` : `${all}: ${kinds.join(', ')}`;
  return `${changes}. Download ${bytes(counters.downloadBytes)}, on disk ${signed(counters.installedBytesChange)}.`;
}

function signed(value: number): string {
  return value > 0 ? `+${bytes(value)}` : bytes(value);
}

export function transactionView(steps: readonly TransactionStep[], pages: Pages): ListView[] {
  if (steps.length === 0) return [];
  const items = steps.slice(0, listedMax).map((step) => ({
    text: stepText(step),
    to: pages.of('package', packageName(step.nevra)),
  }));
  const more = steps.length - items.length;
  return [
    {
      summary: `Transaction, ${counted(steps.length, 'step')} in order`,
      items,
      more: more === 0 ? '' : `${count(more)} more are in run.json.`,
    },
  ];
}

export function stepText({ type, nevra, replaces, downloadBytes }: TransactionStep): string {
  const instead = replaces.length === 0 ? '' : `, replaces ${replaces.join(', ')}`;
  return `${stepVerb(type)} ${nevra}${instead}${downloadBytes === 0 ? '' : ` (${bytes(downloadBytes)})`}`;
}

/** The first items, and where the others are. */
export function listOf(summary: string, items: readonly string[], others: { count: number; where: string }): ListView {
  const listed = items.slice(0, listedMax);
  const more = items.length - listed.length + others.count;
  return { summary, items: listed.map(plain), more: more === 0 ? '' : `${count(more)} more are in ${others.where}.` };
}

/** The first items; `total` is given where the run document itself holds only the first ones and their number. */
export function list(summary: string, items: readonly string[], total = items.length): ListView {
  const listed = items.slice(0, listedMax);
  const stored = items.length - listed.length;
  const unstored = total - items.length;
  const more = [
    ...(stored > 0 ? [`${count(stored)} more are in run.json.`] : []),
    ...(unstored > 0 ? [`${count(unstored)} more were counted and not recorded.`] : []),
  ];
  return { summary, items: listed.map(plain), more: more.join(' ') };
}

function plain(text: string): ListItem {
  return { text, to: null };
}
