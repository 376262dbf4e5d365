import { primaryDocument, updateinfoDocument } from '#repomd';
import { nevra, type RpmPackage } from '#rpm';
import { isMultiversion, loadLibsolv, type MachineInput, type Request, type Solved, solve, verify } from '#solve';
import { advisoriesOf, type PackageSpec, type PatchSpec, packages } from './packages.js';

type Specs = Readonly<Record<string, PackageSpec>>;

export interface MachineSpec {
  readonly installed?: Specs;
  /** The only repository, where there is one. */
  readonly repository?: Specs;
  readonly repositories?: Readonly<Record<string, Specs>>;
  readonly modaliases?: readonly string[];
  /** Vendor of all packages of a repository, `@System` among them. */
  readonly vendors?: Readonly<Record<string, string>>;
  readonly priorities?: Readonly<Record<string, number>>;
  readonly patches?: Readonly<Record<string, readonly PatchSpec[]>>;
  readonly machine?: Partial<MachineInput>;
}

interface SmallMachine {
  readonly input: MachineInput;
  readonly installed: readonly RpmPackage[];
  readonly offered: readonly RpmPackage[];
}

export function smallMachine(spec: MachineSpec): SmallMachine {
  const read = (name: string, specs: Specs): RpmPackage[] =>
    packages(specs).map((pkg) => ({ ...pkg, vendor: spec.vendors?.[name] ?? pkg.vendor }));
  const installed = read('@System', spec.installed ?? {});
  const offered = Object.entries(spec.repositories ?? { repository: spec.repository ?? {} }).map(([name, specs]) => ({
    name,
    packages: read(name, specs),
  }));
  const input: MachineInput = {
    arch: 'x86_64',
    installed: { primary: primaryDocument(installed) },
    repositories: offered.map(({ name, packages: all }) => ({
      name,
      priority: spec.priorities?.[name] ?? 99,
      data: {
        primary: primaryDocument(all),
        updateinfo: Buffer.from(updateinfoDocument(advisoriesOf(spec.patches?.[name] ?? [], all))),
      },
      patches: Object.fromEntries((spec.patches?.[name] ?? []).map(({ id, type }) => [id, type])),
    })),
    modaliases: spec.modaliases ?? [],
    ...spec.machine,
  };
  return { input, installed, offered: offered.flatMap((one) => one.packages) };
}

export type Asked = Partial<Request> & Pick<Request, 'verb'>;

export function fullRequest(request: Asked): Request {
  return { names: [], noRecommends: false, allowUninstall: false, ...request };
}

/** Solves one request on a small machine, on a fresh libsolv. What comes out must be consistent: the verifier looks at it. */
export async function solveOn(spec: MachineSpec, request: Asked): Promise<Solved> {
  const { input, installed, offered } = smallMachine(spec);
  const libsolv = await loadLibsolv();
  try {
    const solved = solve(libsolv, input, fullRequest(request));
    const all = new Map([...offered, ...installed].map((pkg) => [nevra(pkg), pkg]));
    refuseInconsistent(solved, installed, all, input);
    return solved;
  } finally {
    libsolv.dispose();
  }
}

/** Whatever libsolv calls solved must not break anything that was not broken before. */
function refuseInconsistent(
  solved: Solved,
  before: readonly RpmPackage[],
  all: ReadonlyMap<string, RpmPackage>,
  { zyppConf = {} }: MachineInput,
): void {
  const violationsOf = (pkgs: readonly RpmPackage[]): string[] =>
    verify(pkgs, (pkg) => isMultiversion(pkg, zyppConf)).map((violation) => JSON.stringify(violation));
  if (solved.result === null) return;
  const after = solved.result.map((pkg) => {
    const found = all.get(pkg.nevra);
    if (found === undefined) throw new Error(`${pkg.nevra} comes from nowhere`);
    return found;
  });
  const known = new Set(violationsOf(before));
  const broken = violationsOf(after).filter((violation) => !known.has(violation));
  if (broken.length > 0) throw new Error(`the verifier disagrees with libsolv: ${broken.join('\n')}`);
}

/** The steps as `+ nevra`, `- nevra`, sorted; or the types of the rules in conflict. */
export function told({ outcome }: Solved): string[] {
  if (outcome.status === 'unsolvable')
    return ['unsolvable', ...new Set(outcome.problems.flatMap(({ rules }) => rules.map(({ type }) => type)))];
  if (outcome.status === 'noAnswer') return ['no answer'];
  return outcome.steps
    .flatMap(({ type, nevra, replaces }) => {
      const gone = replaces.map((old) => `- ${old}`);
      return type === 'erase' || type === 'obsoleted' ? [`- ${nevra}`] : [`+ ${nevra}`, ...gone];
    })
    .map((line) => line.replace('.x86_64', ''))
    .sort();
}
