import type { RunDocument } from '#run-document';
import { counted } from '#tell';
import { type Pages, repositoryName, scenarioName } from '../site/pages.js';
import type { Address } from '../site/place.js';

export interface SearchView {
  readonly total: string;
  readonly groups: readonly {
    readonly title: string;
    readonly entries: readonly { readonly name: string; readonly to: Address | null }[];
  }[];
}

/** Every name that has a page. Kernel modules are found by the packages that are named after them, and by the symbols that they export. */
export function searchView(run: RunDocument, pages: Pages): SearchView {
  const all = (kind: Parameters<Pages['of']>[0]) =>
    pages.names(kind).map((name) => ({ name, to: pages.of(kind, name) }));
  const groups = [
    {
      title: 'Scenarios',
      entries: pages.names('scenario').map((file) => {
        const question = run.scenarios.find((scenario) => scenario.file === file)?.question ?? '';
        return { name: `${scenarioName(file)}: ${question}`, to: pages.of('scenario', file) };
      }),
    },
    { title: 'Designs', entries: all('design') },
    { title: 'Kernels', entries: all('kernel') },
    { title: 'Updates', entries: all('update') },
    { title: 'Histories', entries: all('history') },
    { title: 'Kernel modules', entries: kernelModules(run, pages) },
    { title: 'Packages', entries: all('package') },
    { title: 'Symbols', entries: all('symbol') },
    {
      title: 'Repositories',
      entries: run.repositories.map((repository) => ({
        name: `${repository.name}, ${repository.scheme}`,
        to: pages.of('repository', repositoryName(repository)),
      })),
    },
  ].filter(({ entries }) => entries.length > 0);
  return {
    total: counted(
      groups.reduce((sum, { entries }) => sum + entries.length, 0),
      'name',
    ),
    groups,
  };
}

/** Kernel modules that some step refuses or some kernel hangs on: where the first place tells of them. */
function kernelModules(run: RunDocument, pages: Pages): SearchView['groups'][number]['entries'] {
  const found = new Map<string, Address | null>();
  const kernel = run.graph === null ? null : pages.of('kernel', run.graph.release);
  for (const { name } of run.graph?.hubs ?? [])
    found.set(name, kernel === null ? null : { ...kernel, anchor: 'fan-out' });
  for (const { steps } of run.scenarios)
    for (const step of steps)
      for (const { refusedExamples } of step.audit.kernels)
        for (const { kernelModule } of refusedExamples)
          if (!found.has(kernelModule)) found.set(kernelModule, pages.step(step));
  for (const name of pages.names('package')) {
    const [, kernelModule] = /^(.+)-kmp-[^-]+$/.exec(name) ?? [];
    if (kernelModule !== undefined && !found.has(kernelModule)) found.set(kernelModule, pages.of('package', name));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, to]) => ({ name, to }));
}
