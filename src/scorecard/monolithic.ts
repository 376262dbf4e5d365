import { judgePromise } from '#promise';
import type { ScenarioResult, StepResult } from '#run-document';

/**
 * Fills in what the same machine has downloaded so far with the monolithic kernel, and judges `noMoreDownload` by it. Scenarios are the same
 * where file, machine and steps are; those without such a one stay as they are.
 */
export function besideMonolithic(scenarios: readonly ScenarioResult[], baseline: string): ScenarioResult[] {
  const key = ({ file, hardware, kernels }: ScenarioResult): string => JSON.stringify([file, hardware, kernels]);
  const references = new Map(
    scenarios.filter(({ scheme }) => scheme === baseline).map((scenario) => [key(scenario), scenario]),
  );
  return scenarios.map((scenario) => {
    const reference = references.get(key(scenario));
    if (reference === undefined || scenario.scheme === baseline) return scenario;
    if (reference.steps.length !== scenario.steps.length) return scenario;
    const [own, monolithic] = [downloadedSoFar(scenario.steps), downloadedSoFar(reference.steps)];
    const steps = scenario.steps.map((step, index) => {
      const compared = { bytes: own[index] ?? 0, monolithicBytes: monolithic[index] ?? 0 };
      return judgedBeside(step, compared);
    });
    return { ...scenario, steps };
  });
}

/** Packages, and the metadata of each repository once: what comes into reach is refreshed, what was there is not fetched again. */
function downloadedSoFar(steps: readonly StepResult[]): number[] {
  let packages = 0;
  let metadata = 0;
  return steps.map(({ counters, facts }) => {
    packages += counters.downloadBytes;
    metadata = Math.max(metadata, facts.metadataBytes);
    return packages + metadata;
  });
}

function judgedBeside(step: StepResult, monolithic: NonNullable<StepResult['facts']['monolithic']>): StepResult {
  const facts = { ...step.facts, monolithic };
  const judged = judgePromise('noMoreDownload', { ...step, facts });
  const promises = step.promises.map((promise) => (promise.promise === judged.promise ? judged : promise));
  return { ...step, facts, promises };
}
