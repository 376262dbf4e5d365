import type { KernelBuild, KernelModule } from '#kernel';
import { type Advisory, type AdvisoryType, primaryDocument } from '#repomd';
import { nevra, type RpmPackage } from '#rpm';
import type { Outcome } from '#run-document';
import { loadLibsolv, type MachineInput, type Request, solve } from '#solve';

/** Every scheme that is meant for zypper, with the options that change what it does. */
export const zypperSchemes: readonly (readonly [string, Record<string, unknown>])[] = [
  ['modular', {}],
  ['modular', { contents: 'boot', hardRequires: true, softdeps: 'recommends' }],
  ['monolithic', {}],
  ['split', {}],
  ['grouped', { grouping: 'installer' }],
  ['kabi-in-name', {}],
  ['kabi-in-name', { naming: 'hackweek25' }],
  ['kabi-in-name', { naming: 'hackweek25', hardRequires: true }],
  ['suse-kmp', {}],
  ['symset', {}],
  ['uname-r', {}],
  ['bound-supplements', {}],
  ['bound-boot', {}],
  ['companion', {}],
];

/** Enough kernel modules for a laptop and to spare, closed over their dependencies: whole builds would only take longer. */
export function part(build: KernelBuild, revision: string): KernelBuild {
  const byName = new Map(build.modules.map((one) => [one.name, one]));
  const kept = new Set<KernelModule>();
  const keep = (one: KernelModule | undefined): void => {
    if (one === undefined || kept.has(one)) return;
    kept.add(one);
    for (const name of one.depends) keep(byName.get(name.replaceAll('-', '_')));
  };
  for (const one of build.modules) {
    if (/^kernel\/(drivers\/(net\/ethernet|usb|hid|ata|nvme)|fs|sound\/pci)\//.test(one.path)) keep(one);
  }
  return { ...build, release: `6.1.0.${revision}-default`, modules: build.modules.filter((one) => kept.has(one)) };
}

/** A transaction in the form of ZypperOutcome. */
export function stepsOf(outcome: Outcome): { status: string; steps: string[] } {
  if (outcome.status !== 'solved') return { status: outcome.status, steps: [] };
  const steps = outcome.steps.flatMap((step) => {
    const gone = step.type === 'erase' || step.type === 'obsoleted';
    return [`${gone ? '-' : '+'}${step.nevra}`, ...step.replaces.map((replaced) => `-${replaced}`)];
  });
  return { status: outcome.status, steps: [...new Set(steps)].sort() };
}

/**
 * What a distributor would publish of an update under any scheme: a security fix of the laptop's network driver, the kernel, and an optional
 * one of another driver; each a patch of the packages that hold it.
 */
export function patchesOf(packages: readonly RpmPackage[]): Advisory[] {
  const holding = (file: RegExp): RpmPackage[] =>
    packages.filter(({ files }) => files.some(({ path }) => file.test(path)));
  const patches: [string, AdvisoryType, RegExp][] = [
    ['driver', 'security', /\/e1000e\.ko$/],
    ['kernel', 'recommended', /\/vmlinuz-/],
    ['other-driver', 'optional', /\/tg3\.ko$/],
  ];
  return patches
    .map(([id, type, file]): Advisory => ({ id, type, title: id, packages: holding(file) }))
    .filter((advisory) => advisory.packages.length > 0);
}

/** The packages that such steps install. */
export function installedBy(steps: readonly string[], packages: readonly RpmPackage[]): RpmPackage[] {
  const wanted = new Set(steps.filter((step) => step.startsWith('+')).map((step) => step.slice(1)));
  const found = packages.filter((one) => wanted.has(nevra(one)));
  if (found.length !== wanted.size) throw new Error(`of ${wanted.size} packages ${found.length} were found`);
  return found;
}

export interface SchemeMachine extends Pick<MachineInput, 'modaliases' | 'locks' | 'zyppConf' | 'running'> {
  readonly installed: readonly RpmPackage[];
  readonly repositories: Readonly<Record<string, readonly RpmPackage[]>>;
}

/** What the lab does on a machine given as packages. */
export async function labOutcome(
  { installed, repositories, ...machine }: SchemeMachine,
  request: Pick<Request, 'verb'> & Partial<Request>,
): Promise<{ status: string; steps: string[] }> {
  const libsolv = await loadLibsolv();
  try {
    const input: MachineInput = {
      ...machine,
      arch: 'x86_64',
      installed: { primary: primaryDocument(installed) },
      repositories: Object.entries(repositories).map(([name, packages]) => ({
        name,
        priority: 99,
        data: { primary: primaryDocument(packages) },
      })),
    };
    const asked = { names: [], noRecommends: false, allowUninstall: false, ...request };
    return stepsOf(solve(libsolv, input, asked).outcome);
  } finally {
    libsolv.dispose();
  }
}
