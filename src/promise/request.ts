import type { AskedName, Evidence } from '#run-document';
import { nextKernel, rootGaps, undriven } from './machine.js';
import {
  asksOfNobody,
  type JudgedStep,
  type Judgement,
  keptUnless,
  notApplicable,
  notJudged,
  refused,
} from './result.js';

const bringing = new Set(['in', 'up', 'dup', 'patch']);

/**
 * A request for a kernel brings that kernel with what the machine needs, and one kernel. A request for a kernel is one that names it, or one
 * for everything newer that brings one.
 */
export function kernelComplete(step: JudgedStep): Judgement {
  const { facts, audit, outcome } = step;
  const nobodys = asksOfNobody(step);
  if (nobodys !== null) return nobodys;
  const asked = namedKernels(step);
  const everything = bringing.has(facts.verb) && facts.names.length === 0 && facts.came.kernels.length > 0;
  if (asked.length === 0 && !everything) return notApplicable('noKernelAsked');
  if (outcome.status === 'noAnswer') return notJudged('noAnswer');
  if (outcome.status === 'unsolvable') return keptUnless([{ kind: 'unsolvable' }]);
  const there = new Set(audit.kernels.map(({ release }) => release));
  const missing = asked.flatMap(({ kernel }): Evidence[] =>
    kernel === null || there.has(kernel) ? [] : [{ kind: 'kernelMissing', kernel }],
  );
  const kernel = nextKernel(step);
  return keptUnless([
    ...missing,
    ...facts.came.otherKernels.map((other): Evidence => ({ kind: 'kernelCame', kernel: other })),
    // Of a kernel that was there already, what a device swapped meanwhile lacks is `inr`'s to bring.
    ...(facts.came.kernels.includes(audit.nextBoot ?? '') ? undriven(step) : []),
    ...(kernel === undefined ? [] : rootGaps(kernel)),
  ]);
}

/** A driver-only update leaves the kernel alone and is used at the next boot. */
export function driverAlone(step: JudgedStep): Judgement {
  const { facts, outcome } = step;
  const nobodys = asksOfNobody(step);
  if (nobodys !== null) return nobodys;
  const forDrivers = namesDrivers(step);
  const onlyDrivers = facts.names.length === 0 && facts.came.drivers > 0 && facts.came.kernels.length === 0;
  if (!bringing.has(facts.verb) || (!forDrivers && !onlyDrivers)) return notApplicable('noDriverAsked');
  if (facts.before.nextBoot === null) return notApplicable('noKernel');
  if (outcome.status === 'noAnswer') return notJudged('noAnswer');
  if (outcome.status === 'unsolvable') {
    // Refusing a first driver that no kernel here could load is right; refusing a newer build of an installed one is not.
    const isUpdate = facts.names.some(({ installed }) => installed);
    return isUpdate ? keptUnless([{ kind: 'unsolvable' }]) : notApplicable('unsolvable');
  }
  if (facts.came.drivers === 0 && facts.came.kernels.length === 0) return notApplicable('nothingCame');
  const { unused } = facts.came;
  // Who names a package with a kernel's version in its name asks for that kernel too.
  const named = new Set(facts.names.flatMap(({ means, kernel }) => (means === 'kernelModules' ? (kernel ?? []) : [])));
  const others = facts.came.kernels.filter((kernel) => !named.has(kernel));
  const kernels: Evidence[] = [
    ...others.map((kernel): Evidence => ({ kind: 'kernelCame', kernel })),
    ...facts.went.kernels.map((kernel): Evidence => ({ kind: 'kernelWent', kernel })),
  ];
  return keptUnless(
    [...kernels, ...unused.first.map((one): Evidence => ({ kind: 'unused', ...one }))],
    kernels.length + unused.total,
  );
}

/** A vendor's driver replaces the in-box one, and when it goes the in-box one is back. */
export function vendorReplaces(step: JudgedStep): Judgement {
  const done = refused(step);
  if (done !== null) return done;
  const { vendors } = step.facts;
  if (vendors.length === 0) return notApplicable('noVendor');
  if (step.audit.nextBoot === null) return notApplicable('noKernel');
  return keptUnless(
    vendors
      .filter(({ used }) => !used)
      .map(
        ({ kernelModule, package: owner, change }): Evidence => ({
          kind: 'vendor',
          kernelModule,
          package: owner,
          change,
        }),
      ),
  );
}

/** A removed or purged kernel leaves nothing of its own. What another kernel loads through links is no longer its own. */
export function kernelLeavesNothing(step: JudgedStep): Judgement {
  const done = refused(step);
  if (done !== null) return done;
  const { kernels, left } = step.facts.went;
  if (kernels.length === 0) return notApplicable('noKernelWent');
  return keptUnless(
    left.first.map((name): Evidence => ({ kind: 'left', package: name })),
    left.total,
  );
}

/** Nothing comes that no device or person asks for. */
export function nothingUnasked(step: JudgedStep): Judgement {
  const done = refused(step);
  if (done !== null) return done;
  const { came, before, names } = step.facts;
  const { kernels, drivers, unasked } = came;
  if (kernels.length + drivers === 0) return notApplicable('nothingCame');
  // Whatever asks for a kernel module where there is no kernel asks for one.
  if (before.nextBoot === null && names.length === 0) return notApplicable('noKernel');
  return keptUnless(
    unasked.first.map((one): Evidence => ({ kind: 'unasked', ...one })),
    unasked.total,
  );
}

/** `up` of what is not installed asks for nothing. */
function namedKernels({ facts: { verb, names } }: JudgedStep): AskedName[] {
  return bringing.has(verb)
    ? names.filter(({ means, installed }) => means === 'kernel' && (verb !== 'up' || installed))
    : [];
}

function namesDrivers({ facts }: JudgedStep): boolean {
  const { names } = facts;
  return names.some(({ means }) => means === 'kernelModules') && names.every(({ means }) => means !== 'kernel');
}
