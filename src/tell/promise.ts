import type { Evidence, PromiseId } from '#run-document';
import { noAnswerText } from './no-answer.js';
import { bytes, compact, counted } from './numbers.js';

/** What it is called when a promise is broken: `the root file system is not mounted`. */
export const brokenWords: Readonly<Record<PromiseId, string>> = {
  drivenStaysDriven: 'a device that was driven loses its driver',
  rootMounted: 'the root file system is not mounted',
  nothingRefused: 'a kernel refuses a kernel module that is installed',
  kernelComplete: 'a kernel comes without what the machine needs, or not alone',
  driverAlone: 'a driver does not come alone, or the next boot does not use it',
  vendorReplaces: "a vendor's driver does not take the place of the kernel's own, or that is not back",
  oneOwner: 'two packages have one file',
  kernelLeavesNothing: 'a kernel that goes leaves packages behind',
  nothingUnasked: 'something comes that nobody asks for',
  againNothing: 'the same request again does something',
  withinBudget: 'solving goes beyond its budget',
  noMoreDownload: 'there is more to download than with a monolithic kernel',
};

/** One piece of evidence in a few words: `NVMe disk under 6.1.0-53-amd64: not installed`. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'device':
      return `${evidence.device} under ${evidence.kernel}: ${evidence.state === 'refused' ? 'driver refused' : 'driver not installed'}`;
    case 'rootNeed':
      return `${evidence.need} under ${evidence.kernel}: ${needWords[evidence.state]}`;
    case 'noKernel':
      return 'no kernel is left';
    case 'refused':
      return `${evidence.kernelModule} of ${evidence.package} under ${evidence.kernel}`;
    case 'unsolvable':
      return 'no solution';
    case 'noAnswer':
      return noAnswerText(evidence.within);
    case 'kernelMissing':
      return `kernel ${evidence.kernel} does not come`;
    case 'kernelCame':
      return `kernel ${evidence.kernel} comes`;
    case 'kernelWent':
      return `kernel ${evidence.kernel} goes`;
    case 'unused':
      return `${evidence.package}, built for ${evidence.builtFor}, is not used`;
    case 'vendor':
      return `${evidence.kernelModule} of ${evidence.package} ${evidence.change === 'came' ? 'is not used' : 'leaves no other'}`;
    case 'file':
      return `${evidence.path} of ${evidence.packages.join(' and ')}`;
    case 'left':
      return evidence.package;
    case 'unasked':
      return `${evidence.package}: ${unaskedWords[evidence.why]}`;
    case 'again':
      return `${counted(evidence.steps, 'step')} the second time`;
    case 'budget':
      return evidence.of === 'work'
        ? `${compact(evidence.found)} code edges, of ${compact(evidence.budget)}`
        : `${bytes(evidence.found)} of memory, of ${bytes(evidence.budget)}`;
    case 'download':
      return `${bytes(evidence.bytes)}, and ${bytes(evidence.monolithicBytes)} with a monolithic kernel`;
  }
}

const needWords = {
  ready: 'ready',
  notInInitrd: 'not in the initrd',
  refused: 'refused',
  notInstalled: 'not installed',
  unknown: 'not in reach',
} as const;

const unaskedWords = {
  otherKernel: 'for a kernel that nobody asked for',
  second: 'brings what is there already',
  nobody: 'no device matches it, and nothing needs it',
} as const;
