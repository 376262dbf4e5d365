import type { Evidence, PromiseId, StepResult } from '#run-document';

/** What broken promises come to for a machine, the worst first. */
export const severities = ['boot', 'device', 'other'] as const;
export type Severity = (typeof severities)[number];

export const severityWords: Readonly<Record<Severity, string>> = {
  boot: 'root file system not mounted',
  device: 'a device without its driver',
  other: 'something else',
};

function evidenceSeverity({ kind }: Evidence): Severity {
  if (kind === 'rootNeed' || kind === 'noKernel') return 'boot';
  return kind === 'device' ? 'device' : 'other';
}

export function brokenPromises({ promises }: Pick<StepResult, 'promises'>): PromiseId[] {
  return promises.flatMap(({ promise, status }) => (status === 'broken' ? [promise] : []));
}

/** The worst that a step does to a machine, by the evidence; null where it keeps every promise. */
export function stepSeverity({ promises }: Pick<StepResult, 'promises'>): Severity | null {
  const found = promises.flatMap((promise) =>
    promise.status === 'broken' ? promise.evidence.map(evidenceSeverity) : [],
  );
  return severities.find((severity) => found.includes(severity)) ?? null;
}
