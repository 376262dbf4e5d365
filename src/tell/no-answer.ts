import type { BoundReached, NoAnswer, Phase } from '#run-document';
import { bytes, duration } from './numbers.js';

/** `no answer within 10.0 min`, `no answer within 2.15 GB of memory`. */
export function noAnswerText(within: BoundReached): string {
  return `no answer within ${within.of === 'time' ? duration(within.limitMs) : `${bytes(within.limitBytes)} of memory`}`;
}

/** What was going on when a request was ended: `It was ended while libsolv searched for a solution.` */
export function endedInText({ phase }: Pick<NoAnswer, 'phase'>): string {
  return `It was ended ${(phase === null ? null : endedIn[phase]) ?? 'while its result was explained'}.`;
}

const endedIn: Partial<Record<Phase, string>> = {
  parseRpmmd: 'while libsolv read repositories',
  loadSolv: 'while libsolv read repositories',
  whatprovides: 'while libsolv indexed what provides what',
  solve: 'while libsolv searched for a solution',
  order: 'while libsolv put the transaction in order',
};
