import type { StepResult, Trial, trialSteps } from '#run-document';
import type { PutToTest } from './put-to-test.js';

type TrialStep = (typeof trialSteps)[number];

/** Steps of the scorecard's own scenarios, by the names that they have there. */
const named: Readonly<Record<string, TrialStep>> = {
  install: 'install',
  update: 'update',
  'kernel by name': 'kernelByName',
  driver: 'driver',
};

const timed = new Set(['loadSolv', 'whatprovides', 'solve', 'order']);
const gone = new Set(['erase', 'obsoleted']);

/** The steps of machines that figures are taken from: the installation of another scenario is not counted twice. */
export function trialsOf(tested: readonly PutToTest[]): Trial[] {
  return tested
    .filter(({ ground }) => ground === 'machines')
    .flatMap((trial) =>
      trial.steps.flatMap((step): Trial[] => {
        const of = named[step.name];
        const repeated = of === 'install' && trial.kernelModules !== null;
        return of === undefined || repeated ? [] : [trialOf(trial, step, of)];
      }),
    );
}

function trialOf({ scenario, hardware, rerun }: PutToTest, step: StepResult, of: TrialStep): Trial {
  const { name, request, outcome, audit, counters, facts, costs, phases, promises } = step;
  const { nextBoot } = audit;
  const kernel = audit.kernels.find(({ release }) => release === nextBoot);
  const devices = audit.devices.filter((device) => device.kernel === nextBoot && device.state !== 'noDriver');
  const undriven = devices.filter(({ state }) => state !== 'driven').map(({ device }) => device);
  const missing = kernel?.root?.filter(({ state }) => state !== 'ready') ?? [];
  const steps = outcome.status === 'solved' ? outcome.steps : [];
  const { work } = counters;
  return {
    scenario,
    step: name,
    hardware: hardware ?? '',
    of,
    request,
    status: outcome.status,
    notApplicable: promises.some((promise) => promise.status === 'notApplicable' && promise.why === 'otherScheme'),
    nextBoot,
    boots: nextBoot === null ? false : kernel?.root === null || kernel === undefined ? null : missing.length === 0,
    missing: missing.map(({ need, state }) => ({ need, state })),
    devices: devices.length,
    driven: devices.length - undriven.length,
    undriven,
    packages: steps.filter(({ type }) => !gone.has(type)).length,
    erased: steps.filter(({ type }) => gone.has(type)).length,
    downloadBytes: counters.downloadBytes,
    metadataBytes: facts.metadataBytes,
    installedBytesChange: counters.installedBytesChange,
    work: work === null ? null : (work.solve ?? 0) + (work.order ?? 0),
    heapBytes: counters.heapBytesMax,
    solverMs: solverMs(phases),
    costs,
    broken: promises.flatMap((promise) => (promise.status === 'broken' ? [promise.promise] : [])),
    rerun,
  };
}

/** Each sample of all phases that the solver takes, together. */
function solverMs(phases: StepResult['phases']): number[] {
  const own = phases.filter(({ phase }) => timed.has(phase));
  const samples = Math.min(...own.map(({ samplesMs }) => samplesMs.length));
  if (own.length === 0) return [];
  return Array.from({ length: samples }, (_, index) =>
    own.reduce((sum, { samplesMs }) => sum + (samplesMs[index] ?? 0), 0),
  );
}
