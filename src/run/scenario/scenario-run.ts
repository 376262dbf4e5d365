import { InputError, nearest } from '#errors';
import type { HardwareProfile } from '#hardware';
import type { ScenarioResult, StepResult } from '#run-document';
import type { ScenarioFile, ScenarioVariant } from '#scenario';
import { initialInitrds } from '../machine/initrds.js';
import { loaderPolicyOf } from '../machine/loader-policy.js';
import type { MachineState } from '../machine/machine-state.js';
import { auditScope } from './audit-scope.js';
import { beforeRequest } from './before-request.js';
import { inFile } from './in-file.js';
import { rerunCommand } from './rerun.js';
import type { StepMemory } from './step-memory.js';
import { runStep, type ScenarioStepContext } from './step-run.js';

export interface ScenarioContext extends Omit<ScenarioStepContext, 'scheme' | 'scope'> {
  readonly hardware: HardwareProfile | null;
  readonly kernelParts: ScenarioResult['kernelParts'];
  readonly onStep: (name: string) => void;
  /** Where steps of scenarios that begin alike are found again; none unless given. */
  readonly memory?: StepMemory | undefined;
}

/** Runs the steps of a scenario one after the other, each from the state the one before left. @throws InputError */
export async function runScenario(file: ScenarioVariant, context: ScenarioContext): Promise<ScenarioResult> {
  const { scenario } = file;
  let state = await initialState(file, context);
  const scope = auditScope({
    partial: scenario.kernelModules !== undefined,
    payloads: [...context.repositories.values()].flatMap(({ payloads }) => [...payloads.values()]),
    devices: state.devices,
  });
  const policy = loaderPolicyOf(scenario.scheme, state.loader);
  const { scheme } = scenario;
  state = { ...state, initrds: initialInitrds(state, policy, { repositories: context.repositories, scheme, scope }) };
  const steps: StepResult[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    context.onStep(step.name);
    const before = await inFile(file, ['steps', index], () => beforeRequest(state, step));
    const stated = step.system?.running === undefined ? [] : ['steps', index];
    await inFile(file, [...stated, 'system', 'running'], () => refuseStranger(before));
    const take = () => runStep(step, before, { ...context, scheme, scope });
    const { result, after } = await (context.memory?.step(scenario, index, take) ?? take());
    steps.push(result);
    state = after;
  }
  return {
    id: file.id,
    file: file.file,
    question: scenario.question,
    trap: scenario.trap,
    topic: scenario.topic ?? null,
    comparedWith: scenario.comparedWith ?? null,
    status: statusOf(steps),
    error: null,
    hardware: file.hardware,
    scheme,
    kernels: [...new Set(Object.values(scenario.repositories).flatMap(({ kernels }) => kernels))],
    steps,
    kernelParts: context.kernelParts,
    rerun: rerunCommand(file.file, { scheme: null, hardware: null }),
  };
}

/** Whether every expectation of every step was met. */
function statusOf(steps: readonly StepResult[]): ScenarioResult['status'] {
  return steps.every(({ expectations }) => expectations.every(({ passed }) => passed)) ? 'passed' : 'failed';
}

/** The machine before the first step. @throws InputError */
export async function initialState(
  file: ScenarioFile,
  { repositories, hardware }: Pick<ScenarioContext, 'repositories' | 'hardware'>,
): Promise<MachineState> {
  const { installed, system, loader, initrd, rootKernelModules } = file.scenario;
  const empty: MachineState = {
    installed: [],
    autoInstalled: [],
    devices: hardware?.devices ?? [],
    root: rootOf(hardware, rootKernelModules),
    settings: system,
    loader,
    initrd,
    initrds: new Map(),
    booted: null,
  };
  if (installed === undefined) return empty;
  const { repository, names, userInstalled } = installed;
  const offered = [...(repositories.get(repository)?.payloads.values() ?? [])];
  const present = new Set(offered.map(({ package: pkg }) => pkg.name));
  const wanted = names === 'all' ? [...present] : names;
  await inFile(file, ['installed', 'names'], () => refuseMissing(wanted, present, `repository "${repository}"`));
  await inFile(file, ['installed', 'userInstalled'], () => refuseMissing(userInstalled, new Set(wanted), '`names`'));
  return {
    ...empty,
    installed: offered.filter(({ package: pkg }) => wanted.includes(pkg.name)),
    autoInstalled: [...new Set(wanted)].filter((name) => !userInstalled.includes(name)).sort(),
  };
}

function rootOf(hardware: HardwareProfile | null, more: readonly string[]): MachineState['root'] {
  const own = hardware?.root;
  if (own === undefined && more.length === 0) return null;
  return { devices: own?.devices ?? [], kernelModules: [...(own?.kernelModules ?? []), ...more] };
}

function refuseMissing(names: readonly string[], present: ReadonlySet<string>, where: string): void {
  const missing = names.find((name) => !present.has(name));
  if (missing === undefined) return;
  const guess = nearest(missing, [...present]);
  throw new InputError('missing', `there is no package "${missing}" in ${where}`, {
    hint: guess === null ? 'write the name of a package without version, or leave it out' : `write "${guess}"`,
  });
}

function refuseStranger({ settings, installed }: MachineState): void {
  const { running } = settings;
  const releases = installed.flatMap(({ kernel }) => (kernel === null ? [] : [kernel.release]));
  if (running === undefined || releases.includes(running)) return;
  throw new InputError('missing', `kernel "${running}" cannot be running: it is not installed`, {
    expected: releases.length === 0 ? 'none: no kernel is installed' : `one of ${releases.join(', ')}`,
    hint: 'leave it out, or install the kernel in a step before',
  });
}
