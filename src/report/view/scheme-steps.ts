import type { RunDocument, ScenarioResult, StepResult } from '#run-document';
import { median } from '#statistics';
import { bytes, count, duration, outcomeWord } from '#tell';

/** One request of one scenario under every scheme. */
export interface SchemeStepTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const columns = [
  'Scheme',
  'Outcome',
  'Steps',
  'Download',
  'On disk',
  'Rules',
  'Work',
  'Solve',
  'Refused',
  'Without driver',
  'Violations',
];

/** A table for each step of each scenario file that ran under more than one scheme, a row for each scheme. */
export function schemeStepTables({ scenarios }: RunDocument): SchemeStepTable[] {
  const files = [...new Set(scenarios.map(({ file }) => file))];
  return files.flatMap((file) => {
    const same = scenarios.filter((one) => one.file === file && one.steps.length > 0);
    const [longest] = [...same].sort((a, b) => b.steps.length - a.steps.length);
    if (longest === undefined) return [];
    return longest.steps.map(({ name, request }, index) => ({
      caption: `${longest.file}: ${name} (${request})`,
      columns,
      rows: same.flatMap((one) => row(one, index)),
    }));
  });
}

function row({ scheme, steps }: ScenarioResult, index: number): string[][] {
  const step = steps[index];
  if (step === undefined) return [];
  const { counters, audit, violationsTotal } = step;
  const next = audit.kernels.find(({ release }) => release === audit.nextBoot);
  const devices = audit.devices.filter(({ kernel }) => kernel === audit.nextBoot);
  const undriven = devices.filter(({ state }) => state !== 'driven').length;
  return [
    [
      scheme,
      outcomeWord(step),
      count(counters.steps),
      bytes(counters.downloadBytes),
      bytes(counters.installedBytesChange),
      count(counters.rulesTotal),
      workText(counters.work),
      solveText(step),
      next === undefined ? '\u2013' : count(next.refused),
      next === undefined ? '\u2013' : `${count(undriven)} of ${count(devices.length)}`,
      count(violationsTotal),
    ],
  ];
}

/** Code edges of rule creation, search and ordering, in thousands: what a package manager does between question and answer. */
function workText(work: StepResult['counters']['work']): string {
  if (work === null) return '\u2013';
  return `${count(((work.solve ?? 0) + (work.order ?? 0)) / 1000)} k`;
}

function solveText({ phases }: StepResult): string {
  const samples = phases.find(({ phase }) => phase === 'solve')?.samplesMs ?? [];
  return samples.length === 0 ? '\u2013' : duration(median(samples));
}
