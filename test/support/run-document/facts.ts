import type { StepFacts } from '#run-document';

/** A request that changed nothing on a machine without devices. */
export function stepFacts(changes: Partial<StepFacts> = {}): StepFacts {
  return {
    isMonolithic: false,
    verb: 'up',
    names: [],
    before: { nextBoot: null, kernels: [], driven: [] },
    came: { kernels: [], otherKernels: [], drivers: 0, unused: none(), unasked: none() },
    went: { kernels: [], left: none() },
    vendors: [],
    again: null,
    monolithic: null,
    metadataBytes: 0,
    ...changes,
  };
}

function none(): { total: number; first: never[] } {
  return { total: 0, first: [] };
}
