import {
  costParts,
  type ScoreFigure,
  type ScoreFigures,
  type ScorePlace,
  type ScoreShare,
  type StepCostKind,
  type Trial,
  type WallPart,
  wallParts,
} from '#run-document';
import { quantile } from '#statistics';

/** What decides beside the promises, from what machines went through. */
export function figuresOf(trials: readonly Trial[]): ScoreFigures {
  const of = (step: Trial['of']): Trial[] => trials.filter((trial) => trial.of === step && !trial.notApplicable);
  const [install, update, kernelByName] = [of('install'), of('update'), of('kernelByName')];
  return {
    boots: {
      install: share(install, ({ boots }) => boots),
      update: share(update, ({ boots }) => boots),
      kernelByName: share(kernelByName, ({ boots }) => boots),
    },
    devices: devicesKept([...install, ...update, ...kernelByName]),
    driverAlone: share(of('driver'), ({ broken, packages }) => packages > 0 && broken.length === 0),
    installBytes: figure(install, ({ downloadBytes }) => downloadBytes),
    diskBytes: figure(install, ({ installedBytesChange }) => installedBytesChange),
    updateBytes: figure(update, ({ downloadBytes }) => downloadBytes),
    updatePackages: figure(update, ({ packages }) => packages),
    updateWork: figure(update, ({ work }) => work),
    updateHeapBytes: figure(update, ({ heapBytes }) => heapBytes),
    depmodRuns: figure(update, depmodRuns),
    wall: wallParts.flatMap((part) => wallPart(part, update) ?? []),
  };
}

function at({ scenario, step }: Trial): ScorePlace {
  return { scenario, step };
}

/** `holds`: null where nobody can say. */
function share(trials: readonly Trial[], holds: (trial: Trial) => boolean | null): ScoreShare {
  const judged = trials.filter((one) => holds(one) !== null);
  const not = judged.find((one) => holds(one) === false);
  return {
    holds: judged.filter((one) => holds(one) === true).length,
    of: judged.length,
    not: not === undefined ? null : at(not),
  };
}

/** Of machines, each over all its steps. */
function devicesKept(trials: readonly Trial[]): ScoreShare {
  const machines = [...new Set(trials.map(({ hardware }) => hardware))];
  const lost = (hardware: string): Trial | undefined =>
    trials.find((trial) => trial.hardware === hardware && trial.undriven.length > 0);
  const not = machines.map(lost).find((one) => one !== undefined);
  return {
    holds: machines.filter((machine) => lost(machine) === undefined).length,
    of: machines.length,
    not: not === undefined ? null : at(not),
  };
}

/** The lower of two in the middle: a figure is of one machine, not of a mean of two. */
function figure(trials: readonly Trial[], value: (trial: Trial) => number | null): ScoreFigure {
  const found = trials.flatMap((one) => {
    const number = value(one);
    return number === null ? [] : [{ value: number, at: at(one) }];
  });
  const sorted = found.sort((a, b) => a.value - b.value);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const most = sorted.at(-1);
  return median === undefined || most === undefined ? null : { median, most };
}

function depmodRuns({ costs }: Trial): number | null {
  const cost = costs.find(({ kind }) => kind === 'depmodByScripts');
  return cost?.kind === 'depmodByScripts' ? cost.runs.most : null;
}

/** As package scripts and zypper do it today: of alternatives the first. */
const today: Readonly<Record<Exclude<WallPart['part'], 'solver'>, readonly StepCostKind[]>> = {
  transfer: costParts.transfer,
  rpm: ['rpmEachPackage'],
  depmod: ['depmodByScripts'],
  scripts: costParts.scripts,
  initrd: costParts.initrd,
};

function wallPart(part: WallPart['part'], trials: readonly Trial[]): WallPart | null {
  const seconds = (trial: Trial): WallPart['seconds'] | null => {
    if (part !== 'solver') return estimate(trial, today[part]);
    const { solverMs } = trial;
    if (solverMs.length === 0) return null;
    const of = (share: number): number => quantile(solverMs, share) / 1000;
    return { low: of(0.25), high: of(0.75) };
  };
  const middle = figure(trials, (trial) => {
    const found = seconds(trial);
    return found === null ? null : found.low + found.high;
  });
  const trial = trials.find(({ scenario }) => scenario === middle?.median.at.scenario);
  const found = trial === undefined ? null : seconds(trial);
  if (trial === undefined || found === null) return null;
  return { part, seconds: found, basis: part === 'solver' ? 'measured' : 'modelled', at: at(trial) };
}

function estimate({ costs }: Trial, kinds: readonly StepCostKind[]): WallPart['seconds'] {
  const own = costs.filter(({ kind }) => kinds.includes(kind));
  return {
    low: own.reduce((sum, { seconds }) => sum + seconds.low, 0),
    high: own.reduce((sum, { seconds }) => sum + seconds.high, 0),
  };
}
