import type { Payload } from '#audit';
import { judgePromise } from '#promise';
import type { Audit, DriverOnly } from '#run-document';
import type { Solved } from '#solve';
import { newestKernel } from '../machine/machine-state.js';
import type { SystemState } from '../machine/system-state.js';
import { stepFacts } from '../step/facts-and-promises.js';
import { loadableAtNextBoot, policyOf } from './next-boot.js';

interface Asked {
  readonly of: DriverOnly['of'];
  readonly package: string;
  readonly solved: Solved;
  readonly before: SystemState;
  readonly after: SystemState;
  readonly brought: readonly Payload[];
  readonly scheme: string;
  /** Of the machine before. */
  readonly audit: Audit;
}

/** What asking for one driver alone would bring, and whether that keeps the promise. */
export function driverOnly(asked: Asked): DriverOnly {
  const { of, package: name, solved, before, after, brought, scheme, audit } = asked;
  const loadable = loadableAtNextBoot(after, scheme);
  const drivers = brought.flatMap((payload) => (payload.package.name === name ? payload.modules : []));
  const facts = stepFacts(
    {
      verb: 'up',
      names: [{ name, means: 'kernelModules', installed: true, kernel: null }],
      before,
      after,
      devices: [],
      policy: policyOf(scheme),
      nextBoot: newestKernel(after),
    },
    audit,
    { isMonolithic: false, again: null, metadataBytes: 0 },
  );
  const step = {
    outcome: solved.outcome,
    counters: { ...solved.counters, work: null },
    violations: [],
    violationsTotal: 0,
    audit,
    facts,
  };
  return {
    of,
    package: name,
    status: solved.outcome.status,
    packages: brought.length,
    bringsKernel: brought.some(({ kernel }) => kernel !== null),
    loads: drivers.some((driver) => loadable.has(driver)),
    promise: judgePromise('driverAlone', step),
  };
}
