import type { RootCauses } from '#run-document';
import { counted } from '../numbers.js';
import { rootCauseText } from './cause.js';

/** Causes that a terminal shows; --json has more. */
const shownMax = 5;

/** The widest causes, a line each; nothing where there are none. */
export function causeLines({ first, total }: RootCauses): string[] {
  if (first.length === 0) return [];
  const more = total > shownMax ? [`  and ${counted(total - shownMax, 'more cause')}`] : [];
  return [
    'root causes, the widest first',
    ...first.slice(0, shownMax).map((cause) => `  ${rootCauseText(cause)}`),
    ...more,
  ];
}
