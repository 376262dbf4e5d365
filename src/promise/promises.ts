import { invariant } from '#errors';
import type { PromiseId, PromiseResult } from '#run-document';
import { againNothing, noMoreDownload, withinBudget } from './costs.js';
import { drivenStaysDriven, nothingRefused, oneOwner, rootMounted } from './machine.js';
import { driverAlone, kernelComplete, kernelLeavesNothing, nothingUnasked, vendorReplaces } from './request.js';
import type { JudgedStep, Predicate } from './result.js';

export interface MachinePromise {
  readonly id: PromiseId;
  readonly title: string;
  /** Who says that it must be kept: the proposal, a tool's behaviour, or plain sense. */
  readonly source: string;
  readonly judge: Predicate;
}

/** Everything that a machine must keep: one definition for scenarios, histories, the verdict and searches for what breaks it. */
export const promises: readonly MachinePromise[] = [
  {
    id: 'drivenStaysDriven',
    title: 'What was driven stays driven where a driver exists',
    source: 'plain sense: an update that costs the network card is worse than none',
    judge: drivenStaysDriven,
  },
  {
    id: 'rootMounted',
    title: 'The root file system is mounted at the next boot',
    source: 'plain sense: nothing else matters on a machine that does not boot',
    judge: rootMounted,
  },
  {
    id: 'nothingRefused',
    title: 'Nothing that is installed is refused by its kernel',
    source: 'the proposal: dependencies on symbols and checksums are to say what the loader will say',
    judge: nothingRefused,
  },
  {
    id: 'kernelComplete',
    title: 'A request for a kernel brings that kernel with what the machine needs, and one kernel',
    source: 'the proposal: hardware supplements bring the drivers; today kernel-default has them',
    judge: kernelComplete,
  },
  {
    id: 'driverAlone',
    title: 'A driver-only update leaves the kernel alone and is used at the next boot',
    source: 'the proposal: "a driver update doesn\'t necessitate a full kernel update"',
    judge: driverAlone,
  },
  {
    id: 'vendorReplaces',
    title: "A vendor's driver replaces the in-box one, and the in-box one is back when it goes",
    source: "SUSE's KMP manual, and depmod.d(5): updates/ comes before kernel/",
    judge: vendorReplaces,
  },
  {
    id: 'oneOwner',
    title: 'No file of two packages lies at one path',
    source: 'rpm: the transaction fails on such a pair, and zypper exits with 8; or one file overwrites the other',
    judge: oneOwner,
  },
  {
    id: 'kernelLeavesNothing',
    title: 'A removed or purged kernel leaves nothing of its own',
    source: 'zypper purge-kernels: disk space is what it is for',
    judge: kernelLeavesNothing,
  },
  {
    id: 'nothingUnasked',
    title: 'Nothing comes that no device or person asks for',
    source: 'the proposal: only what a machine needs is installed',
    judge: nothingUnasked,
  },
  {
    id: 'againNothing',
    title: 'The same request again does nothing',
    source: 'plain sense: a machine that is up to date stays as it is',
    judge: againNothing,
  },
  {
    id: 'withinBudget',
    title: 'Solving and ordering stay within a budget of work and memory',
    source: 'the question of this lab: does it scale?',
    judge: withinBudget,
  },
  {
    id: 'noMoreDownload',
    title: 'There is not more to download than with a monolithic kernel',
    source: 'the proposal: smaller updates',
    judge: noMoreDownload,
  },
];

/** One promise over one step. */
export function judgePromise(id: PromiseId, step: JudgedStep): PromiseResult {
  const promise = promises.find((promise) => promise.id === id);
  invariant(promise !== undefined, `${id} is in the table`);
  return named(promise, step);
}

/** Every promise over one step, in the order of the table. Pure, and without the packages: a random history can ask after each request. */
export function judgePromises(step: JudgedStep): PromiseResult[] {
  return promises.map((promise) => named(promise, step));
}

function named({ id, judge }: MachinePromise, step: JudgedStep): PromiseResult {
  const judgement = judge(step);
  return judgement.status === 'broken'
    ? { promise: id, ...judgement, evidence: [...judgement.evidence] }
    : { promise: id, ...judgement };
}
