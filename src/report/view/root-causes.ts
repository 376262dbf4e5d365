import type { RootCause, RootCauses } from '#run-document';
import { causeText, count, counted } from '#tell';

export interface RootCausesView {
  readonly lead: string;
  readonly rows: readonly RootCauseRow[];
}

export interface RootCauseRow {
  readonly cause: string;
  readonly direct: string;
  readonly through: string;
  readonly packages: string;
  readonly problems: string;
  readonly scenarios: string;
}

/** Null when nothing failed for a reason that many share. */
export function rootCausesView({ first, total }: RootCauses): RootCausesView | null {
  if (first.length === 0) return null;
  const listed = first.length < total ? `, of which the first ${count(first.length)} are listed` : '';
  return {
    lead: `The widest of each outcome and audit come to ${counted(total, 'cause')}${listed}.`,
    rows: first.map(row),
  };
}

function row({ cause, problems, packages, direct, through, scenarios }: RootCause): RootCauseRow {
  return {
    cause: causeText(cause),
    direct: count(direct),
    through: count(through),
    packages: count(packages),
    problems: count(problems),
    scenarios: scenarios.join(', '),
  };
}
