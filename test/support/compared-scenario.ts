import type { KernelBuild } from '#kernel';
import type { RpmPackage } from '#rpm';
import { requestOptions, type ScenarioFile, type SystemSettings } from '#scenario';
import { KernelCache } from '../../src/run/inputs.js';
import type { ConfiguredRepository } from '../../src/run/machine/machine-input.js';
import { packageRepository, type RepositoryContent } from '../../src/run/repository/package-repository.js';
import { RepositoryCache } from '../../src/run/repository/repository-cache.js';
import { contentsAsWritten, contentsOfScenario } from '../../src/run/scenario/scenario-contents.js';
import { Store } from '../../src/run/workers/store.js';

/** Releases with one dash: stock rpm refuses `kernel-uname-r = 6.1.0-53-amd64` in a package, SUSE's does not. */
class RenamedKernels extends KernelCache {
  readonly #renamed = new Map<string, KernelBuild>();

  override async build(name: string): Promise<KernelBuild> {
    await super.build(name);
    const build = this.builds.get(name);
    if (build === undefined) throw new Error(`kernel ${name} is there once it is loaded`);
    return build;
  }

  override get builds(): ReadonlyMap<string, KernelBuild> {
    for (const [name, build] of super.builds) {
      if (this.#renamed.has(name)) continue;
      const release = build.release.replace(/^(.*)-([^-]*)-([^-]*)$/, '$1.$2-$3');
      this.#renamed.set(name, { ...build, release });
    }
    return this.#renamed;
  }
}

/** What zypper gets: the packages with the vendors that the scenario states, where the lab may have put another one of the same class. */
export type ComparedRepository = ConfiguredRepository &
  Pick<RepositoryContent, 'advisories'> & { readonly written: readonly RpmPackage[] };

/** The repositories of a scenario, for the lab and for a real client beside it. */
export async function prepareCompared(
  file: ScenarioFile,
  directory: string,
): Promise<ReadonlyMap<string, ComparedRepository>> {
  const store = new Store(directory);
  const kernels = new RenamedKernels();
  const cache = new RepositoryCache({ kernels, store, measureZstd: false, onProgress: () => undefined });
  const { scheme, repositories } = file.scenario;
  const written = new Map(contentsAsWritten(scheme, file.scenario));
  const prepared = new Map<string, ComparedRepository>();
  for (const [name, content] of contentsOfScenario(scheme, file.scenario)) {
    const repository = await cache.prepare(scheme, content);
    const { advisories, packages } = packageRepository(scheme, written.get(name) ?? content, kernels.builds);
    const patches = Object.fromEntries((content.patches ?? []).map((patch) => [patch.name, patch.category]));
    prepared.set(name, {
      ...repository,
      priority: repositories[name]?.priority ?? 99,
      patches,
      advisories,
      written: packages,
    });
  }
  return prepared;
}

/** What a comparison of a scenario shows: its scheme, each request under it, and each setting of machine and repositories. */
export function shownBy({ scenario: { scheme, steps, system, vendors, repositories } }: ScenarioFile): string[] {
  const settings = [system, ...steps.flatMap((step) => step.system ?? [])];
  return [
    scheme,
    ...steps.map(({ request }) => `${scheme} ${request.verb}`),
    ...steps.flatMap(({ request }) => requestOptions(request).filter((option) => option.startsWith('--'))),
    ...[...settings, ...Object.values(repositories)].flatMap((one) =>
      Object.entries(one).flatMap(([key, value]) => (value === undefined ? [] : [key])),
    ),
    ...(vendors.length === 0 ? [] : ['vendors']),
  ];
}

/** A scenario whose `running` names releases as these kernels have them. */
export function withRenamed<File extends ScenarioFile>(file: File): File {
  const { scenario } = file;
  const system = renamed(scenario.system);
  const steps = scenario.steps.map((step) =>
    step.system === undefined ? step : { ...step, system: renamed(step.system) },
  );
  return { ...file, scenario: { ...scenario, system, steps } };
}

function renamed(system: SystemSettings): SystemSettings {
  const running = system.running?.replace(/^(.*)-([^-]*)-([^-]*)$/, '$1.$2-$3');
  return running === undefined ? system : { ...system, running };
}
