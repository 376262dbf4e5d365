import type { Claim, ClaimId } from '#run-document';
import { bytes, count, counted, listed, percent } from './numbers.js';

const titles: Readonly<Record<ClaimId, string>> = {
  lessToBuild: 'Less to build',
  smallerSystem: 'A smaller system',
  lessToDownload: 'Less to download',
  driverAlone: 'Drivers update without the kernel',
  nextDriverAlone: "The next kernel's drivers come without that kernel",
  noDeviceLost: 'No machine loses a device',
  noLongerWait: 'No longer wait for a vendor',
};

export function claimTitle(claim: ClaimId): string {
  return titles[claim];
}

/** What a history says of a claim. */
export function claimSentence(claim: Claim): string {
  if (claim.status === 'notApplicable') return 'There is nothing of that kind under this scheme.';
  return claim.tested === 0 ? 'It was not put to the test.' : testedSentence(claim);
}

/** Devices that a sentence names. */
const namedMax = 3;

function testedSentence(claim: Claim): string {
  const { tested, kept } = claim;
  switch (claim.claim) {
    case 'lessToBuild': {
      const [least, most] = claim.shares;
      const range =
        tested === 1
          ? percent(claim.rebuilt, claim.kernelModules)
          : `${percent(claim.rebuilt, claim.kernelModules)}; the mildest update ${percent(least, 1)}, the worst ${percent(most, 1)}`;
      return `Of ${counted(tested, 'kernel update')} ${count(kept)} can leave kernel modules as they are; ${count(claim.rebuilt)} of ${count(claim.kernelModules)} are built again (${range}).`;
    }
    case 'smallerSystem':
      return (
        `A first kernel with its drivers takes ${range(claim.first)} of disk (${counted(tested, 'machine')}), the monolithic one ${range(claim.firstMonolithic)}; ` +
        `the most that a machine holds after an update is ${range(claim.most)}, with the monolithic kernel ${range(claim.mostMonolithic)}.${leftText(claim.left)}`
      );
    case 'lessToDownload':
      return (
        `From the installation to the end a machine downloads ${range(claim.packages)} of packages and ${range(claim.metadata)} of metadata, ` +
        `with the monolithic kernel ${range(claim.packagesMonolithic)} of packages and ${range(claim.metadataMonolithic)} of metadata.`
      );
    case 'driverAlone':
      return `Of ${counted(tested, 'request')} for a new build of one network driver, made for the kernel that is there, ${requestsText(claim)}`;
    case 'nextDriverAlone':
      return `Of ${counted(tested, 'request')} for the build of one network driver that came with the next kernel, ${requestsText(claim)}`;
    case 'noDeviceLost':
      return kept === tested
        ? `After every update every device is driven that was driven at first (${counted(tested, 'machine')}).`
        : `${count(tested - kept)} of ${counted(tested, 'machine')} lost a driver, after ${counted(claim.updates, 'update')} in all: ${listed(claim.devices, namedMax)}.`;
    case 'noLongerWait':
      return (
        `${counted(tested, 'machine')} ${tested === 1 ? 'waits' : 'wait'} ${counted(claim.days, 'day')} for a vendor driver that the kernel loads. ` +
        `With the monolithic kernel it is ${counted(claim.daysMonolithic, 'day')}.`
      );
  }
}

function requestsText({
  alone,
  loaded,
  kernel,
  nothing,
  unsolvable,
}: Extract<Claim, { claim: 'driverAlone' | 'nextDriverAlone' }>): string {
  const used = alone === 0 ? '' : `, of which the kernel that stays loads ${count(loaded)}`;
  return `${count(alone)} bring it without a new kernel${used}; ${count(kernel)} bring a kernel too, ${count(nothing)} do nothing and ${count(unsolvable)} have no solution.`;
}

function leftText({
  purges,
  leaving,
  packages,
  bytes: size,
}: Extract<Claim, { claim: 'smallerSystem' }>['left']): string {
  if (leaving === 0) return '';
  return (
    ` After ${count(leaving)} of ${counted(purges, 'purge')} drivers of purged kernels are still there, ` +
    `at worst ${counted(packages, 'package')} of ${bytes(size)}.`
  );
}

function range([least, most]: readonly [number, number]): string {
  const [low, high] = [bytes(least), bytes(most)];
  return low === high ? low : `${low} to ${high}`;
}
