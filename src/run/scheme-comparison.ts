import { builtinHardware } from '#hardware';
import type { KernelBuild } from '#kernel';
import { kernelPackages, kernelUpdate, type RebuildReason } from '#packaging';
import type { MachineStep, SchemeComparison, SchemeUpdate, StepResult } from '#run-document';
import { baseSystem, parseScenario, type ScenarioVariant, userspacePackages, variantsOf } from '#scenario';
import type { KernelCache } from './inputs.js';
import { solveInBound } from './instances.js';
import { chainOf, longestLine } from './kernel-facts.js';
import type { Repositories } from './repository/repository-cache.js';
import { RepositoryUse, type UsedRepository } from './repository/repository-use.js';
import { runParsedScenario } from './scenario/scenario-file.js';
import type { Solves } from './solve-cache.js';

export interface ComparisonContext {
  readonly kernels: KernelCache;
  readonly repositories: Repositories;
  readonly onProgress: (what: string) => void;
}

export interface ComparedScheme {
  readonly comparison: SchemeComparison;
  /** What it took, for the run's list of repositories. */
  readonly repositories: readonly UsedRepository[];
}

/**
 * One scheme on the longest line of kernel builds of a run: what each update makes a build service build, and what every ready hardware profile
 * downloads and gets when the build before the newest is installed on an empty disk and then updated.
 *
 * @param names of at least one kernel build, in any order
 * @throws InputError where the scheme cannot package these builds
 */
export async function compareScheme(
  scheme: string,
  names: readonly string[],
  context: ComparisonContext,
): Promise<ComparedScheme> {
  const { kernels, onProgress } = context;
  await kernels.load(names);
  const nameOf = new Map(names.map((name) => [kernels.builds.get(name)?.release, name]));
  const chain = longestLine(chainOf(names.flatMap((name) => kernels.builds.get(name) ?? [])));
  onProgress(`${scheme}: what updates rebuild`);
  const updates = schemeUpdates(scheme, chain);
  const repositories = new RepositoryUse(context.repositories);
  const pair = chain.slice(-2).map(({ release }) => nameOf.get(release) ?? release);
  const flavor = chain.at(-1)?.flavor ?? 'default';
  const machines = [];
  for (const hardware of await builtinHardware()) {
    const file = machineScenario(scheme, hardware, pair, kernelPackages(scheme, flavor));
    const { steps } = await runParsedScenario(file, { onProgress, repositories, solves: onceEach });
    machines.push({ hardware, steps: steps.map(machineStep) });
  }
  const used = repositories.list();
  return { comparison: { scheme, repository: used.at(-1)?.summary.name ?? '', updates, machines }, repositories: used };
}

/** What each update of a line of builds, oldest first, makes a build service build. @throws InputError as packageBuilds does */
export function schemeUpdates(scheme: string, chain: readonly KernelBuild[]): SchemeUpdate[] {
  return chain.slice(1).flatMap((after, index): SchemeUpdate[] => {
    const before = chain[index];
    if (before === undefined) return [];
    const { newer, rebuilt } = kernelUpdate(scheme, before, after);
    const because = (reason: RebuildReason): number =>
      rebuilt.filter((rebuiltPackage) => rebuiltPackage.reason === reason).length;
    const counts = { image: because('image'), new: because('new'), changed: because('changed'), tied: because('tied') };
    return [{ from: before.release, to: after.release, packages: newer.length, rebuilt: counts }];
  });
}

/** The older of two builds on an empty disk, then the newer one; of a single build the first alone. */
function machineScenario(
  scheme: string,
  hardware: string,
  kernels: readonly string[],
  names: readonly string[],
): ScenarioVariant {
  const repositories = Object.fromEntries(
    // The user space asks for its root file system, so that machines are compared that boot.
    kernels.map((kernel, index) => [kernel, { kernels: [kernel], userspace: index === 0 }]),
  );
  const [first] = kernels;
  const install = { name: 'install', repositories: [first], request: { verb: 'in', names: [...names, baseSystem] } };
  const update = { name: 'update', repositories: kernels, request: { verb: 'up' } };
  // JSON is YAML, so that this scenario is read as those in files are.
  const text = JSON.stringify({
    question: `What does ${hardware} download and get under ${scheme}?`,
    scheme,
    hardware,
    repositories,
    steps: kernels.length > 1 ? [install, update] : [install],
  });
  const id = `${hardware} under ${scheme}`;
  return variantsOf({ id, file: id, text, scenario: parseScenario(text, id) })[0];
}

function machineStep({ name, request, outcome, counters, audit }: StepResult): MachineStep {
  const devices = audit.devices.filter(({ kernel }) => kernel === audit.nextBoot);
  const comes =
    outcome.status === 'solved'
      ? outcome.steps.filter(({ type, nevra }) => !gone.has(type) && !userspace.has(nevra))
      : [];
  return {
    name: name === 'install' ? 'install' : 'update',
    request,
    status: outcome.status,
    packages: comes.length,
    downloadBytes: counters.downloadBytes,
    installedBytesChange: counters.installedBytesChange,
    devices: devices.length,
    driven: devices.filter(({ state }) => state === 'driven').length,
    refused: audit.kernels.find(({ release }) => release === audit.nextBoot)?.refused ?? 0,
  };
}

/** Each of these machines asks once, and neither time nor work of its requests is reported. */
const onceEach: Solves = {
  async solve(machine, request) {
    return { solved: await solveInBound(machine, request), phases: [] };
  },
  again: () => Promise.resolve(null),
};

const gone = new Set(['erase', 'obsoleted']);
/** Weighs nothing here, and is the same under every scheme. */
const userspace = new Set(Object.keys(userspacePackages).map((nvr) => `${nvr}.x86_64`));
