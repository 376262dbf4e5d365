import type { PromiseId, RunDocument, SchemeComparison, StepCost, StepResult } from '#run-document';
import { median } from '#statistics';
import type { Pages } from '../site/pages.js';
import type { Address } from '../site/place.js';
import { rebuiltCount } from './rebuilt.js';
import type { DesignFigures, Figure, Share, Wall } from './row.js';

/** What the scenarios of a run say of each design. Designs were put to different scenarios, so that rows compare only as far as these do. */
export function catalogueFigures(run: RunDocument, pages: Pages): DesignFigures[] {
  const scenarios = run.scenarios.filter(({ trap, scheme }) => !trap && scheme !== '');
  const designs = [...new Set([...scenarios.map(({ scheme }) => scheme), ...run.schemes.map(({ scheme }) => scheme)])];
  const rows = designs.map((design) => {
    const own = scenarios.filter(({ scheme }) => scheme === design);
    const steps = own.flatMap((one) => one.steps);
    const whole = own.filter(({ kernelParts }) => kernelParts.length === 0).flatMap((one) => one.steps);
    const compared = run.schemes.find(({ scheme }) => scheme === design);
    return { tried: steps.length, row: designRow(design, { steps, whole }, compared, pages) };
  });
  return rows.sort((a, b) => b.tried - a.tried).map(({ row }) => row);
}

/** All steps of a design, and those on whole kernels: bytes and time of a part of one say nothing of the design. */
interface Steps {
  readonly steps: readonly StepResult[];
  readonly whole: readonly StepResult[];
}

function designRow(
  design: string,
  { steps, whole }: Steps,
  compared: SchemeComparison | undefined,
  pages: Pages,
): DesignFigures {
  const installs = steps.filter(isInstall);
  const updates = steps.filter(isUpdate);
  const byName = steps.filter(isKernelByName);
  const figure = (is: (step: StepResult) => boolean, read: (step: StepResult) => number): Figure | null =>
    lowerMedian(whole.filter(is), read, pages);
  return {
    design,
    about: '',
    refused: null,
    boots: {
      install: promised(installs, 'rootMounted', pages),
      update: promised(updates, 'rootMounted', pages),
      kernelByName: promised(byName, 'rootMounted', pages),
    },
    devices: promised(steps, 'drivenStaysDriven', pages),
    driverAlone: promised(steps, 'driverAlone', pages),
    installBytes: figure(isInstall, ({ counters }) => counters.downloadBytes),
    updateBytes: figure(isUpdate, ({ counters }) => counters.downloadBytes),
    diskBytes: figure(isInstall, ({ counters }) => counters.installedBytesChange),
    refreshBytes: figure(isInstall, ({ facts }) => facts.metadataBytes),
    rebuilt: rebuilt(compared, pages),
    wall: wallParts(whole.filter(isUpdate), pages),
    broken: brokenIn(steps, pages),
  };
}

const solved = ({ outcome }: StepResult): boolean => outcome.status === 'solved';

/** A kernel comes to a machine that had none. */
function isInstall(step: StepResult): boolean {
  const { before, came } = step.facts;
  return solved(step) && before.kernels.length === 0 && came.kernels.length > 0;
}

/** Everything newer was asked for, and a kernel came with it. */
function isUpdate(step: StepResult): boolean {
  const { before, came, verb, names } = step.facts;
  return solved(step) && names.length === 0 && verb === 'up' && before.kernels.length > 0 && came.kernels.length > 0;
}

/** A kernel by its name, on a machine that has one. */
function isKernelByName(step: StepResult): boolean {
  const { before, came, names } = step.facts;
  return (
    solved(step) &&
    before.kernels.length > 0 &&
    came.kernels.length > 0 &&
    names.some(({ means }) => means === 'kernel')
  );
}

/** Of the steps in which a promise was judged those in which it was kept, and a step that broke it. */
function promised(steps: readonly StepResult[], promise: PromiseId, pages: Pages): Share {
  const judged = steps.flatMap((step) => {
    const status = step.promises.find((one) => one.promise === promise)?.status;
    return status === 'kept' || status === 'broken' ? [{ step, kept: status === 'kept' }] : [];
  });
  const shown = judged.find(({ kept }) => !kept) ?? judged[0];
  return {
    holds: judged.filter(({ kept }) => kept).length,
    of: judged.length,
    at: shown === undefined ? null : pages.step(shown.step),
  };
}

function lowerMedian(steps: readonly StepResult[], read: (step: StepResult) => number, pages: Pages): Figure | null {
  const ordered = steps.map((step) => ({ step, value: read(step) })).sort((a, b) => a.value - b.value);
  const middle = ordered[Math.floor((ordered.length - 1) / 2)];
  if (middle === undefined) return null;
  return { value: middle.value, most: ordered.at(-1)?.value ?? middle.value, at: pages.step(middle.step) };
}

function rebuilt(compared: SchemeComparison | undefined, pages: Pages): DesignFigures['rebuilt'] {
  const ordered = [...(compared?.updates ?? [])].sort((a, b) => rebuiltCount(a) - rebuiltCount(b));
  const middle = ordered[Math.floor((ordered.length - 1) / 2)];
  if (middle === undefined || compared === undefined) return null;
  const page = pages.of('design', compared.scheme);
  return {
    packages: rebuiltCount(middle),
    of: middle.packages,
    at: page === null ? null : { ...page, anchor: 'updates' },
  };
}

/** The kinds of cost that are of a part, as today's scripts and zypper's defaults have them. */
const partOf: Partial<Record<StepCost['kind'], Wall['part']>> = {
  metadataRefresh: 'transfer',
  download: 'transfer',
  rpmEachPackage: 'rpm',
  depmodByScripts: 'depmod',
  scriptProcesses: 'scripts',
  initrds: 'initrd',
};
const modelled = ['transfer', 'rpm', 'depmod', 'scripts', 'initrd'] as const;

/** The parts of one step's wall time. */
export function wallOf(step: StepResult, at: Address | null): Wall[] {
  const solver = step.phases
    .filter(({ phase }) => phase === 'loadSolv' || phase === 'whatprovides' || phase === 'solve' || phase === 'order')
    .map(({ samplesMs }) => samplesMs);
  const sum = (of: (samples: readonly number[]) => number): number =>
    solver.reduce((total, samples) => total + of(samples), 0) / 1000;
  const measured: Wall[] =
    solver.length === 0
      ? []
      : [
          {
            part: 'solver',
            seconds: { low: sum((ms) => median(ms)), high: sum((ms) => median(ms)) },
            basis: 'measured',
            at,
          },
        ];
  return [
    ...measured,
    ...modelled.flatMap((part): Wall[] => {
      const costs = step.costs.filter(({ kind }) => partOf[kind] === part);
      if (costs.length === 0) return [];
      const low = costs.reduce((total, { seconds }) => total + seconds.low, 0);
      const high = costs.reduce((total, { seconds }) => total + seconds.high, 0);
      return [{ part, seconds: { low, high }, basis: 'modelled', at }];
    }),
  ];
}

export function wallTotal(wall: readonly Wall[]): number {
  return wall.reduce((total, { seconds }) => total + seconds.high, 0);
}

/** Of the update whose wall time is the median one. */
function wallParts(updates: readonly StepResult[], pages: Pages): Wall[] {
  const ordered = updates.map((step) => wallOf(step, pages.step(step))).sort((a, b) => wallTotal(a) - wallTotal(b));
  return ordered[Math.floor((ordered.length - 1) / 2)] ?? [];
}

function brokenIn(steps: readonly StepResult[], pages: Pages): DesignFigures['broken'] {
  const first = new Map<PromiseId, Address | null>();
  for (const step of steps)
    for (const { promise, status } of step.promises)
      if (status === 'broken' && !first.has(promise)) first.set(promise, pages.step(step));
  return [...first].map(([promise, at]) => ({ promise, at }));
}
