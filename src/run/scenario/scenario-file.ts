import { basename } from 'node:path';
import { depthOf, withChannel } from '#channel';
import { bugText, InputError } from '#errors';
import { placeInYaml } from '#files';
import type { HardwareProfile } from '#hardware';
import { type KernelBuild, regimeNamed } from '#kernel';
import { designNamed, kernelPackages, parseSchemeText } from '#packaging';
import type { ScenarioResult } from '#run-document';
import {
  type RepositorySpec,
  type RequestSpec,
  readScenario,
  repositoriesOfChannel,
  type ScenarioFile,
  type ScenarioVariant,
  variantsOf,
} from '#scenario';
import { defaultPriority, instanceDied } from '#solve';
import { hardwareNamed, labelOf } from '../inputs.js';
import type { ConfiguredRepository } from '../machine/machine-input.js';
import { partOf } from '../repository/kernel-part.js';
import type { OfferedRepository } from '../repository/repositories.js';
import type { Repositories } from '../repository/repository-cache.js';
import type { Solves } from '../solve-cache.js';
import { inFile } from './in-file.js';
import { refuseUnknownNames } from './references.js';
import { rerunCommand } from './rerun.js';
import { contentsOfScenario } from './scenario-contents.js';
import { runScenario } from './scenario-run.js';
import type { StepMemory } from './step-memory.js';

export interface ScenarioFileOptions {
  readonly repositories: Repositories;
  readonly root: string;
  readonly solves: Solves;
  readonly onProgress: (what: string) => void;
  /** Another scheme than the scenario's own; null for its own. */
  readonly scheme: string | null;
  /** One of the hardware profiles that the scenario lists; null where it lists none. */
  readonly hardware: string | null;
  /** With the kernels that the scenario's `moreKernels` adds; without unless given. */
  readonly more?: boolean;
  /** At one of the depths that the scenario's channel lists; null where it lists none or one. */
  readonly depth?: number | null;
}

/**
 * Runs one scenario from its file. The other scenarios still run where this one cannot: wrong input and a libsolv instance that died
 * become a result of status `error`, a bug of ours becomes one of status `bug`. Throws where the machine lacks something.
 */
export async function runScenarioFile(path: string, options: ScenarioFileOptions): Promise<ScenarioResult> {
  const label = labelOf(path, options.root);
  const rerun = rerunCommand(label, options);
  try {
    const read = await readScenario(path);
    const own = variantOn(options, { ...read, file: label });
    const variant = scenarioUnder(options.scheme, own);
    // Names were written for the scenario's own scheme; under others some of them do not exist.
    const prepared = { ...options, namesExist: variant === own };
    return { ...(await runParsedScenario(variant, prepared)), rerun };
  } catch (cause) {
    // An instance that trapped or ran out of memory ends its scenario; the others have other instances.
    if (cause instanceof InputError || instanceDied(cause))
      return notRunnable(label, options, { status: 'error', error: cause.message, rerun });
    const error = bugText(cause);
    if (error === null) throw cause;
    return notRunnable(label, options, { status: 'bug', error, rerun });
  }
}

/** Prepares what a scenario needs and runs its steps. Throws InputError. */
export async function runParsedScenario(
  file: ScenarioVariant,
  options: Pick<ScenarioFileOptions, 'solves' | 'onProgress'> & {
    readonly repositories: Repositories<OfferedRepository>;
    readonly namesExist?: boolean;
    readonly memory?: StepMemory;
  },
): Promise<ScenarioResult> {
  const { repositories, kernelParts } = await prepareAll(file, options.repositories);
  if (options.namesExist !== false) {
    const payloads = [...repositories.values()].flatMap((repository) => [...repository.payloads.values()]);
    await refuseUnknownNames(file, payloads);
  }
  const hardware = await hardwareOf(file);
  const onStep = (step: string): void => options.onProgress(`${file.id}: ${step}`);
  const otherScheme = options.namesExist === false;
  const { solves, memory } = options;
  return runScenario(file, { repositories, hardware, kernelParts, solves, otherScheme, onStep, memory });
}

interface Prepared {
  /** Under the names the scenario gives them. */
  readonly repositories: ReadonlyMap<string, ConfiguredRepository>;
  readonly kernelParts: ScenarioResult['kernelParts'];
}

async function prepareAll(file: ScenarioFile, cache: Repositories<OfferedRepository>): Promise<Prepared> {
  const { scheme, repositories, kernelModules, channel } = file.scenario;
  await inFile(file, ['scheme'], () => designNamed(parseSchemeText(scheme).name));
  const prepared = new Map<string, ConfiguredRepository>();
  const parts = new Map<string, ScenarioResult['kernelParts'][number]>();
  const partFor = async (kernel: string, build: KernelBuild): Promise<void> => {
    if (kernelModules === undefined) return;
    const { modules } = await inFile(file, ['kernelModules'], () => partOf(build, kernelModules));
    parts.set(kernel, { kernel, kernelModules: modules.length, ofAll: build.modules.length });
  };
  const ofChannel = channel === undefined ? [] : repositoriesOfChannel(channel);
  if (channel !== undefined) {
    await inFile(file, ['channel', 'regime'], () => regimeNamed(channel.regime));
    for (const [index, kernel] of channel.builds.slice(0, depthOf(channel)).entries())
      await partFor(kernel, await inFile(file, ['channel', 'builds', index], () => cache.load(kernel)));
  }
  for (const [name, spec] of Object.entries(repositories)) {
    // What a channel names is read for its own repositories, below.
    if (ofChannel.includes(name)) continue;
    for (const [list, index, kernel] of kernelPaths(spec)) {
      const build = await inFile(file, ['repositories', name, list, index], () => cache.load(kernel));
      if (list !== 'externalDrivers') await partFor(kernel, build);
    }
  }
  for (const [name, content] of contentsOfScenario(scheme, file.scenario)) {
    const repository = await inFile(file, placeOf(name, ofChannel), () => cache.prepare(scheme, content));
    const patches = Object.fromEntries((content.patches ?? []).map((patch) => [patch.name, patch.category]));
    prepared.set(name, { ...repository, priority: repositories[name]?.priority ?? defaultPriority, patches });
  }
  return { repositories: prepared, kernelParts: [...parts.values()] };
}

/** Where the file says what a repository holds. */
function placeOf(name: string, ofChannel: readonly string[]): readonly string[] {
  return ofChannel.includes(name) ? ['channel'] : ['repositories', name];
}

/** Where a repository names a kernel build: the list, the index in it, the build. */
function kernelPaths({ kernels, drivers, externalDrivers }: RepositorySpec): (readonly [string, number, string])[] {
  return [
    ...kernels.map((kernel, index) => ['kernels', index, kernel] as const),
    ...drivers.map(({ kernel }, index) => ['drivers', index, kernel] as const),
    ...externalDrivers.map(({ kernel }, index) => ['externalDrivers', index, kernel] as const),
  ];
}

async function hardwareOf(file: ScenarioVariant): Promise<HardwareProfile | null> {
  const { hardware, hardwarePath } = file;
  return hardware === null ? null : inFile(file, hardwarePath, () => hardwareNamed(hardware));
}

/** The scenario on one of the machines it lists. @throws InputError */
function variantOn(
  { hardware, more = false, depth = null }: Pick<ScenarioFileOptions, 'hardware' | 'more' | 'depth'>,
  file: ScenarioFile,
): ScenarioVariant {
  const variants = variantsOf(file).filter((variant) => variant.more === more && variant.depth === depth);
  const found = hardware === null ? variants[0] : variants.find((variant) => variant.hardware === hardware);
  if (found !== undefined) return { ...found, scenario: withChannel(found.scenario) };
  throw new InputError('missing', `this scenario does not run on ${hardware}`, {
    file: file.file,
    place: placeInYaml(file.text, ['hardware']),
    expected: variants.map((variant) => variant.hardware ?? 'no hardware at all').join(', '),
    hint: 'leave --hardware out, or add the profile to `hardware`',
  });
}

/** The scenario under another scheme. What its file expects was written for its own and says nothing of others. */
export function scenarioUnder(scheme: string | null, file: ScenarioVariant): ScenarioVariant {
  if (scheme === null || scheme === file.scenario.scheme) return file;
  const steps = file.scenario.steps.map((step) => ({
    ...step,
    request: requestUnder(scheme, step.request),
    expect: {},
  }));
  return { ...file, id: `${file.id} under ${scheme}`, scenario: { ...file.scenario, scheme, steps } };
}

/** Scenarios are written for SUSE's kernel package; other schemes call what holds the kernel otherwise. */
function requestUnder(scheme: string, request: RequestSpec): RequestSpec {
  const kernel = /^kernel-default(?=$|\s|[<=>])/;
  const names = request.names.flatMap((name) =>
    kernel.test(name) ? kernelPackages(scheme, 'default').map((own) => name.replace(kernel, own)) : [name],
  );
  return { ...request, names };
}

function notRunnable(
  file: string,
  { scheme, hardware }: Pick<ScenarioFileOptions, 'scheme' | 'hardware'>,
  why: Pick<ScenarioResult, 'status' | 'error' | 'rerun'>,
): ScenarioResult {
  const id = basename(file).replace(/\.ya?ml$/, '');
  const on = hardware === null ? '' : ` on ${hardware}`;
  const under = scheme === null ? '' : ` under ${scheme}`;
  return {
    id: `${id}${on}${under}`,
    file,
    question: '',
    trap: false,
    topic: null,
    comparedWith: null,
    ...why,
    hardware,
    scheme: scheme ?? '',
    kernels: [],
    kernelParts: [],
    steps: [],
  };
}
