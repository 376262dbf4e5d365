import type { Comparison, JudgedTime } from '#run-document';
import { judgementText, ratioText, stepName } from '#tell';
import type { Draft } from './drafts.js';
import type { GateFile } from './gate-file.js';

/**
 * Time of each phase over all requests, and of the single requests that are called slower: hundreds of others would be unknown for want of
 * samples, which is no finding.
 */
export function timeDrafts(comparison: Comparison | null, { time }: GateFile): Draft[] {
  if (comparison === null || time.level === 'off') return [];
  const phases = (comparison.timing?.phases ?? []).map((judged) => draft('all requests', null, judged));
  const slower = comparison.steps.flatMap((step) =>
    step.times
      .filter(({ judgement }) => judgement === 'slower')
      .map((judged) => draft(`scenario ${stepName(step)}`, step, judged)),
  );
  return [...phases, ...slower];
}

const statuses = { same: 'passed', faster: 'better', slower: 'failed', unknown: 'unknown' } as const;

function draft(subject: string, step: Comparison['steps'][number] | null, judged: JudgedTime): Draft {
  return {
    subject,
    aspect: `time of ${judged.phase}`,
    metric: 'time',
    phase: judged.phase,
    scenario: step?.scenario ?? null,
    file: step?.file ?? null,
    rerun: step?.rerun ?? null,
    expected: "the baseline's",
    found: `${judgementText(judged)}, ${ratioText(judged)}`,
    judge: () => ({ status: statuses[judged.judgement], change: judged.ratio - 1, why: null }),
  };
}
