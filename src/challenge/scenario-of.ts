import { kernelPackages } from '#packaging';
import type { Trials } from '#run';
import { type Scenario, scenarioSchema } from '#scenario';
import { fileName, type RepositoryDocument, reachOf, type Surroundings, vendorModule } from './channel.js';
import { PackageNames } from './package-names.js';
import type { Plan, PlannedStep, Subject } from './plan.js';

/** What YAML of a scenario says; defaults are left out. */
export interface ScenarioDocument {
  readonly [key: string]: unknown;
  readonly steps: readonly StepDocument[];
}

interface StepDocument {
  readonly [key: string]: unknown;
  readonly repositories: readonly string[];
}

/**
 * A plan under a design, as the scenario that `kmplab run` would read: names of packages are the design's.
 *
 * @throws InputError where the design cannot package the plan's kernels
 */
export async function scenarioOf(
  design: string,
  plan: Plan,
  trials: Trials,
): Promise<{ readonly document: ScenarioDocument; readonly scenario: Scenario }> {
  const names = await PackageNames.of(design, plan, trials);
  const repositories = new Map<string, RepositoryDocument>();
  const steps = await Promise.all(plan.steps.map((_, index) => stepOf({ plan, design, names }, index, repositories)));
  const used = new Set(steps.flatMap((step) => step.repositories));
  const document: ScenarioDocument = {
    question: 'Does a random history keep what the machine must keep?',
    scheme: design,
    hardware: plan.kit.profile,
    kernelModules: plan.kit.kernelModules,
    repositories: Object.fromEntries([...repositories].filter(([name]) => used.has(name))),
    steps,
  };
  return { document, scenario: scenarioSchema.parse(document) };
}

async function stepOf(
  around: Surroundings,
  index: number,
  repositories: Map<string, RepositoryDocument>,
): Promise<StepDocument> {
  const { plan } = around;
  const step = plan.steps[index];
  if (step === undefined) throw new Error(`kmplab bug: the plan has a step ${index}`);
  const reach = reachOf(around, index);
  for (const [name, content] of reach) repositories.set(name, content);
  const isFirst = index === 0;
  const tools = isFirst ? plan.kit.tools.map(({ name }) => name) : [];
  const request = requestOf(around, step, index);
  const names = [...request.names, ...tools];
  const { verb, noRecommends, cleanDeps } = step.request;
  const swapped = plan.steps.slice(0, index).some(({ swap }) => swap);
  const { spare } = plan.kit;
  return {
    name: isFirst ? 'installation' : `request ${index + 1}`,
    repositories: [...reach.keys()],
    ...(step.reboot ? { reboot: true } : {}),
    ...(step.lock === null ? {} : { system: { locks: locksUntil(around, index) } }),
    ...(step.swap && !swapped && spare !== null ? { replaceDevices: { [spare.out]: spare.device } } : {}),
    request: {
      verb: request.verb ?? verb,
      ...(names.length === 0 ? {} : { names }),
      ...(isOlder(step.request) ? { oldPackage: true } : {}),
      ...(noRecommends ? { noRecommends: true } : {}),
      ...(cleanDeps && request.verb === undefined ? { cleanDeps: true } : {}),
    },
  };
}

/** zypper takes no step back unless told. */
function isOlder({ verb, subject }: PlannedStep['request']): boolean {
  return verb === 'in' && subject?.kind === 'kernel' && subject.version === 'oldest';
}

/** What a request is for in the words of the design; another verb where it has no word for what is meant. */
function requestOf(
  around: Surroundings,
  { request }: PlannedStep,
  index: number,
): { readonly names: readonly string[]; readonly verb?: string } {
  if (request.subject === null) return { names: [] };
  const names = namesOf(around, request.subject, index);
  if (names.length > 0) return { names };
  return request.verb === 'up' ? { names } : { names, verb: 'up' };
}

function namesOf({ plan, names, design }: Surroundings, subject: Subject, index: number): string[] {
  const newest = plan.steps[index]?.kernel ?? '';
  switch (subject.kind) {
    case 'kernel': {
      const at = plan.kernels.indexOf(newest);
      const oldest = plan.kernels[Math.max(0, at + 1 - plan.keeps)] ?? newest;
      if (subject.version === 'any') return [...kernelPackages(design, 'default')];
      return names.kernelVersions(subject.version === 'oldest' ? oldest : newest);
    }
    case 'driver': {
      if (subject.by === 'capability') return [`kmod(${subject.kernelModule}.ko)`];
      const holder = names.holderOf(subject.kernelModule, newest);
      return holder === null ? [] : [holder];
    }
    case 'vendorDriver': {
      if (plan.vendor === null) return [];
      const name = plan.vendor.replaces ? plan.vendor.like : vendorModule;
      return [`${fileName(name)}-kmp-default`];
    }
  }
}

/** Locks stay; a setting that is stated replaces the one before. */
function locksUntil(around: Surroundings, index: number): string[] {
  const locks = around.plan.steps.slice(0, index + 1).flatMap(({ lock }, at) => {
    if (lock === null || (lock.kind === 'driver' && lock.by === 'capability')) return [];
    return namesOf(around, lock.kind === 'kernel' ? { ...lock, version: 'any' } : lock, at);
  });
  return [...new Set(locks)];
}
