import type { Baseline } from '#gate';
import { regimes } from '#kernel';

type Scenario = Baseline['scenarios'][number];
type Step = Scenario['steps'][number];
type Series = Baseline['growth'][number];

/** A sentence with figures, and what they must be: the groups of the pattern in order, as they are written. */
export interface Figure {
  readonly sentence: RegExp;
  readonly expected: (facts: Facts) => readonly (string | number)[];
}

/** What a figure may be taken from: the gate's baseline, and pages that hold a measurement. */
export class Facts {
  readonly baseline: Baseline;
  readonly schemesPage: string;

  constructor(baseline: Baseline, schemesPage: string) {
    this.baseline = baseline;
    this.schemesPage = schemesPage;
  }

  step(scenario: string, name: string): Step {
    const of = this.baseline.scenarios.find(({ id }) => id === scenario);
    const step = of?.steps.find((step) => step.name === name);
    if (step === undefined) throw new Error(`the baseline has no step "${name}" of ${scenario}`);
    return step;
  }

  /** The runs of one scenario on every machine it names. */
  machines(scenario: string): readonly Scenario[] {
    return this.baseline.scenarios.filter(({ id }) => id.startsWith(`${scenario} on `));
  }

  megabytes(scenario: string): readonly string[] {
    const bytes = this.machines(scenario).map(({ steps }) => Number(steps[0]?.counters['downloadBytes']));
    return [Math.min(...bytes), Math.max(...bytes)].map((each) => (each / 1e6).toFixed(1));
  }

  churn(from: string, to: string): Baseline['churn'][number] {
    const update = this.baseline.churn.find((update) => update.from.startsWith(from) && update.to.startsWith(to));
    if (update === undefined) throw new Error(`the baseline has no churn from ${from} to ${to}`);
    return update;
  }

  growth(): Series {
    const series = this.baseline.growth.find(({ name }) => name === 'kernelModules');
    if (series === undefined) throw new Error('the baseline has no growth');
    return series;
  }
}

export function steps({ outcome }: Step): number {
  if (outcome.status !== 'solved') throw new Error(`${outcome.status} has no steps`);
  return outcome.transaction.count;
}

/** Devices of the next boot, those in a state first. */
function devices({ audit }: Step, state: string): readonly [number, number] {
  const next = audit.devices.filter(({ kernel }) => kernel === audit.nextBoot);
  return [next.filter((device) => device.state === state).length, next.length];
}

const workOf = ({ counters }: Series['points'][number], phase: string): number => {
  const { work } = counters;
  if (typeof work !== 'object' || work === null) throw new Error('a point without work');
  return Number(work[phase]);
};

/** Least squares over logarithms, as docs/methods.md says it, written apart from the lab's. */
function exponent({ points }: Series, phase: string): string {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map((point) => Math.log(workOf(point, phase)));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, at) => sum + (value - mx) * ((y[at] ?? 0) - my), 0);
  return (covariance / x.reduce((sum, value) => sum + (value - mx) ** 2, 0)).toFixed(2);
}

function lastSlope({ points }: Series, phase: string): string {
  const [before, last] = points.slice(-2);
  if (before === undefined || last === undefined) throw new Error('less than two points');
  return (Math.log(workOf(last, phase) / workOf(before, phase)) / Math.log(last.size / before.size)).toFixed(2);
}

const grouped = (value: number): string => value.toLocaleString('en-US');
const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(0);

function scriptsOf(facts: Facts): NonNullable<Step['scripts']> {
  const { scripts } = facts.step('kernel-update-all-modules', 'kernel update');
  if (scripts === null) throw new Error('no scripts were simulated');
  return scripts;
}

function suse(): readonly string[] {
  const regime = regimes.find(({ name }) => name === 'kabi-maintained');
  const counted = /kernel modules: (\d+) of them/.exec(regime?.source ?? '')?.[1] ?? '';
  const median = regime?.brokenModules?.find(([share]) => share === 0.5)?.[1] ?? Number.NaN;
  return [counted, (median * 100).toFixed(2)];
}

function gzipOf(facts: Facts, scheme: string): string {
  const row = facts.schemesPage.split('\n').find((line) => line.startsWith(`| \`${scheme}\` `) && line.includes('MB'));
  return /([\d.]+) MB \| +[\d.]+ MB \|$/.exec(row ?? '')?.[1] ?? '';
}

const laptop = 'kernel-update-by-name';

export const figures: readonly Figure[] = [
  {
    sentence: /runs? depmod ([\d,]+) times in one update/g,
    expected: (facts) => [grouped(scriptsOf(facts).depmod[1])],
  },
  {
    sentence: /runs take (\d+\.\d+) to (\d+\.\d+) hours/g,
    expected: (facts) => scriptsOf(facts).depmodSeconds.map((seconds) => (seconds / 3600).toFixed(1)),
  },
  {
    sentence: /transaction would take at most (\d+\.\d+) seconds/g,
    expected: (facts) => [scriptsOf(facts).depmodOnceSeconds[1].toFixed(1)],
  },
  {
    sentence: /laptop with its own drivers runs depmod (\d+) times/g,
    expected: (facts) => [facts.step('kernel-update', 'kernel update').scripts?.depmod[1] ?? ''],
  },
  {
    sentence: /(?:work of solving|solver's work) grows as n\^(\d+\.\d+)/g,
    expected: (facts) => [exponent(facts.growth(), 'solve')],
  },
  {
    sentence: /ordering the (?:same )?transaction grows as n\^(\d+\.\d+)/gi,
    expected: (facts) => [exponent(facts.growth(), 'order')],
  },
  { sentence: /slope rises to n\^(\d+\.\d+) at/g, expected: (facts) => [lastSlope(facts.growth(), 'order')] },
  {
    sentence: /Between (\d+) and ([\d,]+) kernel modules/g,
    expected: (facts) => {
      const sizes = facts.growth().points.map(({ size }) => size);
      return [Math.min(...sizes), grouped(Math.max(...sizes))];
    },
  },
  {
    sentence: /executed code up to ([\d,]+) of them/g,
    expected: (facts) => [grouped(Math.max(...facts.growth().points.map(({ size }) => size)))],
  },
  {
    sentence: /brings (\d+) package (?:where `zypper up` brings|of the) (\d+)/g,
    expected: (facts) => [
      steps(facts.step(laptop, 'kernel by name')),
      steps(facts.step('kernel-update', 'kernel update')),
    ],
  },
  {
    sentence: /brings all (\d+) packages/g,
    expected: (facts) => [steps(facts.step('kernel-update', 'kernel update'))],
  },
  {
    sentence: /no driver for (\d+) of its (\d+) devices at the next boot/g,
    expected: (facts) => devices(facts.step(laptop, 'kernel by name'), 'notInstalled'),
  },
  {
    sentence: /brings that kernel alone\. The laptop then has no driver for (\d+) of its (\d+) devices\./g,
    expected: (facts) => devices(facts.step('driver-update-pulls-kernel', 'driver update'), 'notInstalled'),
  },
  {
    sentence: /Of (\d+) kernel modules that the new kernel then sees, it loads (\d+)/g,
    expected: (facts) => {
      const { audit } = facts.step('false-satisfaction', 'a USB network adapter, its newest driver by name');
      const next = audit.kernels.find(({ release }) => release === audit.nextBoot);
      return [next?.visible ?? '', next?.loadable ?? ''];
    },
  },
  {
    sentence: /drivers for (\d+) of (\d+) devices, and no ext4/g,
    expected: (facts) => {
      const step = facts.step('fresh-install-nothing-asks', 'fresh install');
      return step.promises['rootMounted'] === 'broken' ? devices(step, 'driven') : [];
    },
  },
  {
    sentence: /all (\d+) machines mount/g,
    expected: (facts) => {
      const machines = facts.machines('fresh-install');
      return [
        machines.every(({ steps }) => steps[0]?.promises['rootMounted'] === 'kept') ? machines.length : 'not all',
      ];
    },
  },
  {
    sentence: /brings (\d+) packages where a repository keeps four kernels/g,
    expected: (facts) => [steps(facts.step('four-kernels-unbound', 'fresh install'))],
  },
  {
    sentence: /(\d+) of the packages are kernels/g,
    expected: (facts) => [facts.step('four-kernels-unbound', 'fresh install').audit.kernels.length],
  },
  {
    sentence: /a fresh install brings (\d+) kernels/g,
    expected: (facts) => [facts.step('four-kernels-unbound', 'fresh install').audit.kernels.length],
  },
  {
    sentence: /From 6\.1\.0-52 to 6\.1\.0-53, ([\d,]+) of ([\d,]+) kernel modules are refused/g,
    expected: (facts) => {
      const { from, broken } = facts.churn('6.1.0-52', '6.1.0-53');
      return [grouped(broken), grouped(modulesOf(facts, from))];
    },
  },
  {
    sentence: /needs these, ([\d,]+) no longer load/g,
    expected: (facts) => [grouped(facts.churn('6.1.0-52', '6.1.0-53').brokenInAll)],
  },
  { sentence: /(\d+) % directly and (\d+) % in all/g, expected: breakage },
  {
    sentence:
      /to 6\.1\.0-53 breaks (\d+) % of the kernel modules directly\. Counting what depends on these, (\d+) % no longer/g,
    expected: breakage,
  },
  { sentence: /median of (\d+) counted updates (\d+\.\d+) % of the kernel modules break/g, expected: suse },
  {
    sentence: /(?:install downloads|machines download) (\d+\.\d+) to (\d+\.\d+) MB/g,
    expected: (facts) => facts.megabytes('fresh-install'),
  },
  {
    sentence: /(?:it downloads|they download) (\d+\.\d+) to (\d+\.\d+) MB/g,
    expected: (facts) => facts.megabytes('fresh-install-boot-contents'),
  },
  {
    sentence: /monolithic kernel is (\d+\.\d+) MB/g,
    expected: (facts) => [...new Set(facts.megabytes('fresh-install-monolithic'))],
  },
  {
    sentence: /primary\.xml is (\d+\.\d+) MB in gzip under `modular` and (\d+\.\d+) MB under `monolithic`/g,
    expected: (facts) => [gzipOf(facts, 'modular'), gzipOf(facts, 'monolithic')],
  },
  {
    sentence: /removes (\d+) packages of two kernels/g,
    expected: (facts) => [steps(facts.step('purge-kernels', 'after a boot into the second oldest'))],
  },
  {
    sentence: /with four kernels in reach a fresh install brings (\d+) packages, and (\d+) of them is a kernel/g,
    expected: (facts) => {
      const step = facts.step('four-kernels-fresh-bound', 'fresh install');
      return [steps(step), step.audit.kernels.length];
    },
  },
  {
    sentence: /four kernels in the repository brings (\d+) kernel\./g,
    expected: (facts) => [facts.step('four-kernels-fresh-bound', 'fresh install').audit.kernels.length],
  },
  {
    sentence: /brings (\d+) packages(?:, and| and drives) (\d+) of (\d+) devices/g,
    expected: (facts) => {
      const step = facts.step('four-kernels-companion', 'kernel by name');
      return [steps(step), ...devices(step, 'driven')];
    },
  },
];

function modulesOf({ baseline }: Facts, kernel: string): number {
  return baseline.kernels.find(({ release }) => release === kernel)?.kernelModules ?? Number.NaN;
}

function breakage(facts: Facts): readonly string[] {
  const { from, broken, brokenInAll } = facts.churn('6.1.0-52', '6.1.0-53');
  return [broken, brokenInAll].map((part) => percent(part, modulesOf(facts, from)));
}
