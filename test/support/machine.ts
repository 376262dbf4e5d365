import { primaryDocument } from '#repomd';
import { loadLibsolv, type PackageData, type Request, type Solved, solve } from '#solve';
import { type PackageSpec, packages } from './packages.js';

export interface MachineSpec {
  readonly installed?: Readonly<Record<string, PackageSpec>>;
  readonly repository?: Readonly<Record<string, PackageSpec>>;
  readonly modaliases?: readonly string[];
}

/** Solves one request on a small machine with one repository, on a fresh libsolv. */
export async function solveOn(spec: MachineSpec, request: Partial<Request> & Pick<Request, 'verb'>): Promise<Solved> {
  const libsolv = await loadLibsolv();
  const read = (specs: Readonly<Record<string, PackageSpec>>): PackageData => ({
    primary: primaryDocument(packages(specs)),
  });
  try {
    const input = {
      arch: 'x86_64',
      installed: read(spec.installed ?? {}),
      repositories: [{ name: 'repository', priority: 99, data: read(spec.repository ?? {}) }],
      modaliases: spec.modaliases ?? [],
    };
    return solve(libsolv, input, { names: [], noRecommends: false, allowUninstall: false, ...request });
  } finally {
    libsolv.dispose();
  }
}

/** The steps as `+ nevra`, `- nevra`, sorted; or the types of the rules in conflict. */
export function told({ outcome }: Solved): string[] {
  if (outcome.status === 'unsolvable')
    return ['unsolvable', ...new Set(outcome.problems.flatMap(({ rules }) => rules.map(({ type }) => type)))];
  return outcome.steps
    .flatMap(({ type, nevra, replaces }) => {
      const gone = replaces.map((old) => `- ${old}`);
      return type === 'erase' || type === 'obsoleted' ? [`- ${nevra}`] : [`+ ${nevra}`, ...gone];
    })
    .map((line) => line.replace('.x86_64', ''))
    .sort();
}
