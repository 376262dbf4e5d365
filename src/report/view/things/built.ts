import type { RunDocument } from '#run-document';
import { median } from '#statistics';
import { bytes, count, fixed, percent } from '#tell';
import { type Pages, repositoryName, updateName } from '../../site/pages.js';
import { type Cell, fact, figure, plain, type ThingView, tables } from './thing.js';

export function repositoryThing(name: string, run: RunDocument, pages: Pages): ThingView {
  const found = run.repositories.find((repository) => repositoryName(repository) === name);
  if (found === undefined) return { kind: 'Repository', title: name, lead: '', facts: [], sections: [] };
  const optional = (value: number | null): string => (value === null ? '\u2013' : bytes(value));
  const kernels = found.kernels.map((text) => kernelCell(text, run, pages));
  const asking = run.scenarios.filter(
    (scenario) => scenario.scheme === found.scheme && scenario.kernels.some((kernel) => found.kernels.includes(kernel)),
  );
  return {
    kind: 'Repository',
    title: found.name,
    lead: '',
    facts: [
      fact('Design', { text: found.scheme, to: pages.of('design', found.scheme) }),
      fact('Kernels', ...(kernels.length === 0 ? ['none'] : kernels)),
      fact('Packages', count(found.packages)),
      fact('Dependencies', count(found.dependencies)),
      fact('primary.xml', bytes(found.primaryBytes)),
      fact('As gzip', bytes(found.primaryGzipBytes)),
      fact('As zstd', optional(found.primaryZstdBytes)),
      fact('As .solv', optional(found.solvBytes)),
      fact('SHA-256 of repomd.xml', found.repomdSha256),
    ],
    sections: tables('time', 'Time to make it', [
      {
        caption: 'Milliseconds',
        data: 'repository-times',
        columns: ['Phase', 'Median', 'Samples'],
        rows: found.phases.map(({ phase, samplesMs }) => [
          plain(phase),
          figure(median(samplesMs), (ms) => fixed(ms, 2)),
          plain(samplesMs.map((ms) => fixed(ms, 2)).join(', ')),
        ]),
        textColumns: 1,
      },
    ]).concat(
      tables('scenarios', 'Scenarios', [
        {
          caption: 'Scenarios under this design with a kernel of this repository',
          data: 'repository-scenarios',
          columns: ['Scenario'],
          rows: [...new Set(asking.map(({ file }) => file))]
            .map((file) => ({ text: file, to: pages.of('scenario', file) }))
            .map((cell) => [cell]),
          textColumns: 1,
        },
      ]),
    ),
  };
}

/** A kernel build by the name that a scenario has for it. */
export function kernelCell(text: string, { kernels }: Pick<RunDocument, 'kernels'>, pages: Pages): Cell {
  const release = kernels.find((kernel) => text.endsWith(kernel.release))?.release;
  return { text, to: release === undefined ? null : pages.of('kernel', release) };
}

export function kernelThing(release: string, run: RunDocument, pages: Pages): ThingView {
  const kernel = run.kernels.find((kernel) => kernel.release === release);
  const repositories = run.repositories.filter((repository) =>
    repository.kernels.some((name) => name.endsWith(release)),
  );
  const files = [
    ...new Set(
      run.scenarios
        .filter((scenario) => scenario.kernels.some((name) => name.endsWith(release)))
        .map(({ file }) => file),
    ),
  ];
  return {
    kind: 'Kernel',
    title: release,
    lead: '',
    facts:
      kernel === undefined
        ? []
        : [
            fact('Version', kernel.version),
            ...(kernel.date === undefined ? [] : [fact('Built', kernel.date)]),
            fact('For', `${kernel.arch}, flavor ${kernel.flavor}`),
            fact('Kernel modules', count(kernel.kernelModules)),
            fact('Size', bytes(kernel.kernelModuleBytes)),
            fact('Exported symbols', count(kernel.exports)),
            fact('Imports', count(kernel.imports)),
            fact('Warnings', count(kernel.warnings)),
          ],
    sections: [
      ...tables('updates', 'Updates', [
        {
          caption: 'Updates from and to this kernel',
          data: 'kernel-updates',
          columns: ['Update', 'Kernel modules', 'No longer load', 'Share'],
          rows: run.churn
            .filter(({ from, to }) => from === release || to === release)
            .map((update) => [
              { text: updateName(update), to: pages.of('update', updateName(update)) },
              figure(update.kernelModules, count),
              figure(update.brokenInAll, count),
              plain(percent(update.brokenInAll, update.kernelModules)),
            ]),
          textColumns: 1,
        },
      ]),
      ...tables('repositories', 'Repositories', [
        {
          caption: 'Repositories that have it',
          data: 'kernel-repositories',
          columns: ['Repository', 'Design', 'Packages', 'gzip'],
          rows: repositories.map((repository) => [
            { text: repository.name, to: pages.repository(repository) },
            { text: repository.scheme, to: pages.of('design', repository.scheme) },
            figure(repository.packages, count),
            figure(repository.primaryGzipBytes, bytes),
          ]),
          textColumns: 2,
        },
      ]),
      ...tables('scenarios', 'Scenarios', [
        {
          caption: 'Scenarios with it',
          data: 'kernel-scenarios',
          columns: ['Scenario'],
          rows: files.map((file) => [{ text: file, to: pages.of('scenario', file) }]),
          textColumns: 1,
        },
      ]),
    ],
  };
}

export function updateThing(name: string, run: RunDocument, pages: Pages): ThingView {
  const update = run.churn.find((one) => updateName(one) === name);
  if (update === undefined) return { kind: 'Update', title: name, lead: '', facts: [], sections: [] };
  const { symbols, kernelModules } = update;
  return {
    kind: 'Update',
    title: name,
    lead: '',
    facts: [
      fact('From', { text: update.from, to: pages.of('kernel', update.from) }),
      fact('To', { text: update.to, to: pages.of('kernel', update.to) }),
      fact('Checksums changed', `${count(update.changed)} of ${count(symbols)} (${percent(update.changed, symbols)})`),
      fact('Symbols added', count(update.added)),
      fact('Symbols lost', count(update.lost)),
      fact('Nobody can say', `${count(update.unknown)} symbols, ${count(update.undecided)} kernel modules`),
      fact(
        'Break directly',
        `${count(update.broken)} of ${count(kernelModules)} (${percent(update.broken, kernelModules)})`,
      ),
      fact('Of these by vermagic', count(update.brokenByVermagic)),
      fact(
        'No longer load in all',
        `${count(update.brokenInAll)} of ${count(kernelModules)} (${percent(update.brokenInAll, kernelModules)})`,
      ),
    ],
    sections: [
      ...tables('symbols', 'Symbols responsible', [
        {
          caption: 'By kernel modules that import them',
          data: 'update-symbols',
          columns: ['Symbol', 'Importers'],
          rows: update.responsible.map((one) => [
            { text: one.name, to: pages.of('symbol', one.name) },
            figure(one.count, count),
          ]),
          textColumns: 1,
        },
      ]),
      ...tables('subsystems', 'Subsystems', [
        {
          caption: 'Kernel modules that break directly',
          data: 'update-subsystems',
          columns: ['Subsystem', 'Kernel modules'],
          rows: update.brokenBySubsystem.map((one) => [plain(one.name), figure(one.count, count)]),
          textColumns: 1,
        },
      ]),
    ],
  };
}
