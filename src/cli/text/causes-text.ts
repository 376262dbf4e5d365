import type { RootCause, RootCauses } from '#run-document';
import { count, counted } from '#tell';

/** Causes that a terminal shows; --json has more. */
const shownMax = 5;

/** The widest causes, a line each; nothing where there are none. */
export function causeLines({ first, total }: RootCauses): string[] {
  if (first.length === 0) return [];
  const more = total > shownMax ? [`  and ${counted(total - shownMax, 'more cause')}`] : [];
  return [
    'root causes, the widest first',
    ...first.slice(0, shownMax).map((cause) => `  ${causeText(cause)}`),
    ...more,
  ];
}

function causeText({ kind, subject, kernel, problems, packages, direct, through, scenarios }: RootCause): string {
  const what = kind === 'symbol' ? `symbol ${subject} in ${kernel}` : `${kind}: ${subject}`;
  const stops = [
    ...(direct + through > 0
      ? [`${counted(direct, 'kernel module')} refused, ${count(through)} more through exporters`]
      : []),
    ...(problems > 0 ? [`${counted(packages, 'package')} at fault in ${counted(problems, 'problem')}`] : []),
    ...(scenarios.length > 1 ? [counted(scenarios.length, 'scenario')] : []),
  ];
  return `${what}: ${stops.join('; ')}`;
}
