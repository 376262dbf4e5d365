import type { Payload } from '#audit';
import { nevra } from '#rpm';
import type { Audit, StepFacts } from '#run-document';
import { newestFirst } from '../machine/system-state.js';
import { builtFor, Change, type ChangeInput, isDriver, releasesOf } from './change.js';
import { otherKernels, unaskedOf } from './unasked.js';
import { vendorsOf } from './vendors.js';

/** Packages of a kind that a document lists; all are counted. */
const listedMax = 10;

/** What a request met and changed, as far as a promise asks; what takes another request to know is added by who makes that. */
export function changeFacts(
  input: ChangeInput,
  auditBefore: Pick<Audit, 'devices' | 'nextBoot'>,
): Omit<StepFacts, 'isMonolithic' | 'again' | 'monolithic' | 'metadataBytes'> {
  const change = new Change(input);
  const { came, went } = change;
  const drivers = came.filter(isDriver);
  const others = otherKernels(change);
  return {
    verb: input.verb,
    names: [...input.names],
    before: {
      nextBoot: auditBefore.nextBoot,
      kernels: releasesOf(newestFirst(input.before)),
      driven: drivenAtBoot(auditBefore),
    },
    came: {
      kernels: releasesOf(newestFirst(came)),
      otherKernels: others,
      drivers: drivers.length,
      unused: listed(
        drivers
          .filter((driver) => !isUsed(driver, change))
          .map((driver) => ({ package: nevra(driver.package), builtFor: builtFor(driver) })),
      ),
      unasked: listed(unaskedOf(change, others)),
    },
    went: {
      kernels: releasesOf(newestFirst(went)).filter((release) => !releasesOf(change.kernels).includes(release)),
      left: listed(leftOf(change).map(({ package: pkg }) => nevra(pkg))),
    },
    vendors: vendorsOf(change),
  };
}

/** Devices that the kernel of the next boot drives, each once. */
export function drivenAtBoot({ devices, nextBoot }: Pick<Audit, 'devices' | 'nextBoot'>): string[] {
  const driven = devices.filter(({ kernel, state }) => kernel === nextBoot && state === 'driven');
  return [...new Set(driven.map(({ device }) => device))].sort();
}

/**
 * A driver that somebody names must serve the next boot; what comes along may serve the kernel that it was built for. Where a vendor's driver
 * stands before the kernel's own, the kernel's waits until that goes.
 */
function isUsed(payload: Payload, change: Change): boolean {
  const serves = (release: string | null): boolean => {
    const loaded = change.loadedBy(release);
    return payload.modules.every((file) => loaded.has(file) || change.vendorStandsBefore(file, release));
  };
  return serves(change.input.nextBoot) || (!change.isNamed(payload) && serves(builtFor(payload)));
}

/** Packages of kernels that went, of which no installed kernel loads anything. */
function leftOf(change: Change): Payload[] {
  const gone = new Set(releasesOf(change.went));
  const there = releasesOf(change.kernels);
  for (const release of there) gone.delete(release);
  if (gone.size === 0) return [];
  return change.input.after.filter(
    (payload) =>
      isDriver(payload) &&
      payload.modules.every(({ release }) => gone.has(release)) &&
      !there.some((release) => payload.modules.some((kernelModule) => change.loadedBy(release).has(kernelModule))),
  );
}

function listed<Item>(items: readonly Item[]): { total: number; first: Item[] } {
  return { total: items.length, first: items.slice(0, listedMax) };
}
