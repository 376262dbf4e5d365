import type { AuditedKernel, Evidence } from '#run-document';
import { type JudgedStep, type Judgement, keptUnless, notApplicable, notJudged, refused } from './result.js';

/**
 * What was driven stays driven where a driver exists: a device that the next boot would have driven before the request is driven after it,
 * unless neither the machine nor a repository in reach has a driver of it any more.
 */
export function drivenStaysDriven(step: JudgedStep): Judgement {
  const { facts, audit } = step;
  const done = refused(step);
  if (done !== null) return done;
  if (facts.before.driven.length === 0) return notApplicable('nothingDriven');
  if (removesDrivers(step)) return notApplicable('removalAsked');
  if (audit.nextBoot === null) return noKernelLeft(step);
  const before = new Set(facts.before.driven);
  return keptUnless(undriven(step).filter((one) => one.kind === 'device' && before.has(one.device)));
}

/** The root file system is mounted by the kernel of the next boot. */
export function rootMounted(step: JudgedStep): Judgement {
  const { audit } = step;
  const done = refused(step);
  if (done !== null) return done;
  if (audit.nextBoot === null) return noKernelLeft(step);
  const kernel = nextKernel(step);
  if (kernel === undefined || kernel.root === null) return notJudged('rootUnknown');
  return keptUnless(rootGaps(kernel));
}

/** Nothing that is installed is refused by its kernel: what each installed kernel sees, its loader accepts. */
export function nothingRefused(step: JudgedStep): Judgement {
  const done = refused(step);
  if (done !== null) return done;
  const { kernels } = step.audit;
  if (kernels.length === 0) return notApplicable('noKernel');
  const evidence = kernels.flatMap(({ release, refusedExamples }) =>
    refusedExamples.map(
      ({ kernelModule, package: owner, reason }): Evidence => ({
        kind: 'refused',
        kernel: release,
        kernelModule,
        package: owner,
        reason,
      }),
    ),
  );
  return keptUnless(
    evidence,
    kernels.reduce((sum, kernel) => sum + kernel.refused, 0),
  );
}

/** No file of two packages at one path: rpm aborts the transaction, or one file overwrites the other. */
export function oneOwner(step: JudgedStep): Judgement {
  const done = refused(step);
  if (done !== null) return done;
  const conflicts = step.violations.filter(({ kind }) => kind === 'file-conflict');
  return keptUnless(
    conflicts.map(
      ({ subject, package: owner, other }): Evidence => ({
        kind: 'file',
        path: subject,
        packages: [owner, ...(other === null ? [] : [other])],
      }),
    ),
  );
}

/** Devices of the next boot that have no driver though one exists. */
export function undriven({ audit }: Pick<JudgedStep, 'audit'>): Evidence[] {
  const { devices, nextBoot } = audit;
  return devices.flatMap(({ device, kernel, state }): Evidence[] =>
    kernel === nextBoot && (state === 'notInstalled' || state === 'refused')
      ? [{ kind: 'device', device, kernel, state }]
      : [],
  );
}

/** What keeps a kernel from mounting the root file system. */
export function rootGaps({ release, root }: Pick<AuditedKernel, 'release' | 'root'>): Evidence[] {
  return (root ?? []).flatMap(({ need, state }): Evidence[] =>
    state === 'ready' ? [] : [{ kind: 'rootNeed', need, kernel: release, state }],
  );
}

export function nextKernel({ audit }: Pick<JudgedStep, 'audit'>): AuditedKernel | undefined {
  return audit.kernels.find(({ release }) => release === audit.nextBoot);
}

function removesDrivers({ facts }: JudgedStep): boolean {
  return facts.verb === 'rm' && facts.names.some(({ means }) => means === 'kernelModules');
}

/** Who removes the last kernel asked for that; anything else that loses it leaves a machine that does not boot. */
function noKernelLeft({ facts }: JudgedStep): Judgement {
  const asked = facts.verb === 'rm' || facts.before.nextBoot === null;
  return asked ? notApplicable('noKernel') : keptUnless([{ kind: 'noKernel' }]);
}
