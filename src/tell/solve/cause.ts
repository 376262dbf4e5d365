import type { Cause, RootCause } from '#run-document';
import { count, counted } from '../numbers.js';
import { withoutNamespace } from './dependency.js';
import { statementText } from './statement.js';

/** What is wrong, in a few words. */
export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'symbol':
      return `symbol ${cause.symbol} in ${cause.kernel}`;
    case 'gap':
      return `nothing in reach provides ${withoutNamespace(cause.dependency)}`;
    case 'lock':
      return statementText({ ...cause, kind: 'locked' });
    case 'clash':
      return statementText(cause.statement);
  }
}

/** The same, and what it stops. */
export function rootCauseText({ cause, problems, packages, direct, through, scenarios }: RootCause): string {
  const stops = [
    ...(direct + through > 0
      ? [`${counted(direct, 'kernel module')} refused, ${count(through)} more through exporters`]
      : []),
    ...(problems > 0 ? [`${counted(packages, 'package')} at fault in ${counted(problems, 'problem')}`] : []),
    ...(scenarios.length > 1 ? [counted(scenarios.length, 'scenario')] : []),
  ];
  return `${causeText(cause)}: ${stops.join('; ')}`;
}
