import { parseSchemeText, schemeNamed } from '#packaging';
import type { Scenario } from '#scenario';
import type { ContentSpec } from '../repository/package-repository.js';

/** What each repository of a scenario holds under a scheme, by the name it has in the scenario. */
export function contentsOfScenario(
  scheme: string,
  { kernelModules, repositories }: Scenario,
): (readonly [string, ContentSpec])[] {
  const earlier = earlierOf(scheme, Object.values(repositories));
  return Object.entries(repositories).map(([name, spec]) => [name, { ...spec, kernelModules, earlier }] as const);
}

/** For a scheme that looks back: every build of the scenario, of which each repository takes note of the older ones. */
function earlierOf(scheme: string, specs: readonly ContentSpec[]): string[] | undefined {
  if (schemeNamed(parseSchemeText(scheme).name).looksBack !== true) return undefined;
  return [...new Set(specs.flatMap(({ kernels }) => kernels))].sort();
}
