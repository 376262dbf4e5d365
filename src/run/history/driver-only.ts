import type { Payload } from '#audit';
import { judgePromise } from '#promise';
import type { Audit, DriverOnly } from '#run-document';
import type { Solved } from '#solve';
import { changeFacts } from '../facts/facts.js';
import type { SystemState } from '../scenario/system-state.js';
import { loadableAtNextBoot, newestOf, policyOf } from './next-boot.js';

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
  const drivers = brought.flatMap((one) => (one.package.name === name ? one.modules : []));
  const facts = changeFacts(
    {
      verb: 'up',
      names: [{ name, means: 'kernelModules', installed: true, kernel: null }],
      before,
      after,
      devices: [],
      policy: policyOf(scheme),
      nextBoot: newestOf(after)?.kernel?.release ?? null,
    },
    audit,
  );
  const step = {
    outcome: solved.outcome,
    counters: { ...solved.counters, work: null },
    violations: [],
    violationsTotal: 0,
    audit,
    facts: { ...facts, isMonolithic: false, again: null, monolithic: null, metadataBytes: 0 },
  };
  return {
    of,
    package: name,
    status: solved.outcome.status,
    packages: brought.length,
    bringsKernel: brought.some(({ kernel }) => kernel !== null),
    loads: drivers.some((one) => loadable.has(one)),
    promise: judgePromise('driverAlone', step),
  };
}
