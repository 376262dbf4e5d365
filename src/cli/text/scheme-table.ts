import type {
  MachineStep,
  RepositorySummary,
  RunDocument,
  ScenarioResult,
  SchemeComparison,
  StepResult,
} from '#run-document';
import { median } from '#statistics';
import { fixed, megabytes, outcomeWord } from '#tell';
import { textTable } from './text-table.js';

/** Schemes side by side: what their repositories weigh, and what each step of each scenario did under each of them. */
export function schemeTable({ repositories, scenarios, schemes }: RunDocument): string {
  const names = [...new Set(repositories.map(({ name }) => name))];
  const repositoryTables = names.map((name) => {
    const rows = repositories.filter((repository) => repository.name === name).map(repositoryRow);
    return `repository ${name}\n${textTable(['scheme', 'packages', 'dependencies', 'primary', 'gzip', 'zstd', '.solv'], rows)}`;
  });
  const files = [...new Set(scenarios.map(({ file }) => file))];
  const scenarioTables = files.flatMap((file) => stepTables(scenarios.filter((scenario) => scenario.file === file)));
  return [...repositoryTables, ...updateTable(schemes), ...machineTables(schemes), ...scenarioTables, ''].join('\n\n');
}

function repositoryRow(repository: RepositorySummary): string[] {
  const { scheme, packages, dependencies, primaryBytes, primaryGzipBytes, primaryZstdBytes, solvBytes } = repository;
  return [
    scheme,
    `${packages}`,
    `${dependencies}`,
    ...[primaryBytes, primaryGzipBytes, primaryZstdBytes, solvBytes].map(sizeText),
  ];
}

/** For every update how many packages have to be rebuilt: `1294 of 4024`. */
function updateTable(schemes: readonly SchemeComparison[]): string[] {
  const updates = schemes[0]?.updates ?? [];
  if (updates.length === 0) return [];
  const rows = schemes.map((scheme) => [
    scheme.scheme,
    ...scheme.updates.map(({ rebuilt, packages }) => {
      const { image, changed, tied, new: added } = rebuilt;
      return `${image + changed + tied + added} of ${packages}`;
    }),
  ]);
  return [`packages rebuilt per update\n${textTable(['scheme', ...updates.map(({ to }) => `to ${to}`)], rows)}`];
}

const machineHead = ['scheme', 'download', 'on disk', 'driven', 'update', 'on disk', 'driven'];

/** For every machine a table: what a fresh install and an update download, what they leave on disk, how many devices work. */
function machineTables(schemes: readonly SchemeComparison[]): string[] {
  const names = schemes[0]?.machines.map(({ hardware }) => hardware) ?? [];
  return names.map((hardware) => {
    const rows = schemes.map(({ scheme, machines }) => {
      const steps = machines.find((machine) => machine.hardware === hardware)?.steps ?? [];
      return [scheme, ...machineCells(steps, 'install'), ...machineCells(steps, 'update')];
    });
    return `${hardware}: a fresh install, and the update to the next kernel\n${textTable(machineHead, rows)}`;
  });
}

function machineCells(steps: readonly MachineStep[], name: MachineStep['name']): string[] {
  const step = steps.find((step) => step.name === name);
  if (step === undefined) return ['-', '-', '-'];
  if (step.status !== 'solved') return [step.status === 'noAnswer' ? 'no answer' : 'no solution', '-', '-'];
  const { downloadBytes, installedBytesChange, driven, devices } = step;
  return [megabytes(downloadBytes), megabytes(installedBytesChange), `${driven}/${devices}`];
}

const stepHead = [
  'scheme',
  'outcome',
  'steps',
  'download',
  'installed',
  'rules',
  'work k',
  'solve ms',
  'refused',
  'without driver',
];

/** A table for each step, a row for each scheme. */
function stepTables(scenarios: readonly ScenarioResult[]): string[] {
  const longest = scenarios.reduce((most, { steps }) => Math.max(most, steps.length), 0);
  return Array.from({ length: longest }, (_, index) => {
    const rows = scenarios.flatMap(({ scheme, steps }) => {
      const step = steps[index];
      return step === undefined ? [] : [stepRow(scheme, step)];
    });
    const step = scenarios.find(({ steps }) => steps[index] !== undefined)?.steps[index];
    return `${scenarios[0]?.file}: ${step?.name} (${step?.request})\n${textTable(stepHead, rows)}`;
  });
}

function stepRow(scheme: string, step: StepResult): string[] {
  const { counters, phases, audit } = step;
  const next = audit.kernels.find(({ release }) => release === audit.nextBoot);
  const undriven = audit.devices.filter(({ kernel, state }) => kernel === audit.nextBoot && state !== 'driven').length;
  return [
    scheme,
    outcomeWord(step),
    `${counters.steps}`,
    megabytes(counters.downloadBytes),
    megabytes(counters.installedBytesChange),
    `${counters.rulesTotal}`,
    counters.work === null ? '-' : (((counters.work.solve ?? 0) + (counters.work.order ?? 0)) / 1000).toFixed(0),
    medianText(phases.find(({ phase }) => phase === 'solve')?.samplesMs ?? []),
    `${next?.refused ?? '-'}`,
    audit.nextBoot === null ? '-' : `${undriven}`,
  ];
}

function medianText(samplesMs: readonly number[]): string {
  return samplesMs.length === 0 ? '-' : fixed(median(samplesMs), 1);
}

function sizeText(bytes: number | null): string {
  return bytes === null ? '-' : megabytes(bytes);
}
