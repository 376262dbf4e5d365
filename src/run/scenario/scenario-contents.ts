import { designNamed, parseSchemeText } from '#packaging';
import { type RepositorySpec, type Scenario, userspacePackages } from '#scenario';
import { vendorRepresentatives } from '#solve';
import type { ContentSpec } from '../repository/content-spec.js';

/**
 * What each repository of a scenario holds under a scheme, by the name it has in the scenario. Of vendors that are one to libzypp it has one.
 */
export function contentsOfScenario(scheme: string, scenario: Scenario): (readonly [string, ContentSpec])[] {
  const representative = vendorRepresentatives(scenario.vendors);
  return contentsAsWritten(scheme, scenario).map(([name, content]) => {
    const { vendor } = content;
    return [name, vendor === undefined ? content : { ...content, vendor: representative(vendor) }] as const;
  });
}

/** The same with every vendor as the scenario has it, for those who know themselves which are one. */
export function contentsAsWritten(
  scheme: string,
  { kernelModules, repositories }: Scenario,
): (readonly [string, ContentSpec])[] {
  const earlier = earlierOf(scheme, Object.values(repositories));
  return Object.entries(repositories).map(
    ([name, spec]) => [name, { ...spec, packages: packagesOf(spec), kernelModules, earlier }] as const,
  );
}

/** What a scenario writes itself takes the place of what every machine has. */
function packagesOf({ userspace, packages }: RepositorySpec): RepositorySpec['packages'] {
  return userspace ? { ...userspacePackages, ...packages } : packages;
}

/** For a scheme that looks back: every build of the scenario, of which each repository takes note of the older ones. */
function earlierOf(scheme: string, specs: readonly ContentSpec[]): string[] | undefined {
  if (designNamed(parseSchemeText(scheme).name).symbolSets === undefined) return undefined;
  return [...new Set(specs.flatMap(({ kernels }) => kernels))].sort();
}
