import type { PhaseSamples, RepositorySummary, ScenarioResult } from '#run-document';
import { KernelCache } from './inputs.js';
import { sampleSolve } from './instances.js';
import { contentKey } from './repository/content-spec.js';
import { sampleRepository, type UsedRepository } from './repository/repository-use.js';
import type { StoredSolve } from './solve-cache.js';
import type { Store } from './workers/store.js';
import type { ScenarioRun } from './workers/tasks.js';

interface MeasureOptions {
  readonly store: Store;
  readonly samples: number;
  readonly onProgress: (what: string) => void;
}

/** Each repository once, in the order of first use, the first one with the times of its preparation. */
export async function measureRepositories(
  all: readonly UsedRepository[],
  { store, samples, onProgress }: MeasureOptions,
): Promise<RepositorySummary[]> {
  const [first, ...others] = new Map(
    all.map((usedRepository) => [contentKey(usedRepository.scheme, usedRepository.content), usedRepository]),
  ).values();
  if (first === undefined) return [];
  if (samples > 0) onProgress(`measuring how ${first.summary.name} is packaged`);
  const how = { samples, scratch: store.directory };
  return [await sampleRepository(first, new KernelCache(), how), ...others.map(({ summary }) => summary)];
}

/** Adds the times to exact results: each distinct solve is measured, one after the other. */
export async function measureScenarios(
  runs: readonly ScenarioRun[],
  { store, samples, onProgress }: MeasureOptions,
): Promise<ScenarioResult[]> {
  const times = new Map<string, PhaseSamples[]>();
  const scenarios: ScenarioResult[] = [];
  for (const run of runs) {
    for (const solve of run.solves) {
      if (solve === null || times.has(solve.key)) continue;
      onProgress(`measuring ${run.result.id}`);
      times.set(solve.key, await sampled(solve, store, samples));
    }
    scenarios.push(withTimes(run, times));
  }
  return scenarios;
}

async function sampled({ machine, request }: StoredSolve, store: Store, samples: number): Promise<PhaseSamples[]> {
  return sampleSolve(request.verb, await store.machine(machine), request, samples);
}

function withTimes({ result, solves }: ScenarioRun, times: ReadonlyMap<string, PhaseSamples[]>): ScenarioResult {
  const steps = result.steps.map((step, index) => {
    const key = solves[index]?.key;
    return { ...step, phases: (key === undefined ? undefined : times.get(key)) ?? step.phases };
  });
  return { ...result, steps };
}
