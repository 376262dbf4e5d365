import { basename, relative } from 'node:path';
import { InputError } from '#errors';
import type { HardwareProfile } from '#hardware';
import { kernelPackages } from '#packaging';
import type { ScenarioResult } from '#run-document';
import { type RepositorySpec, type Request, readScenario, type ScenarioFile } from '#scenario';
import { instanceDied } from '#solve';
import { hardwareNamed } from '../inputs.js';
import type { Repositories } from '../repository/repository-cache.js';
import type { Solves } from '../solve-cache.js';
import { inFile } from './in-file.js';
import { contentsOfScenario } from './scenario-contents.js';
import { runScenario } from './scenario-run.js';
import type { ScenarioRepository } from './step-run.js';

export interface ScenarioFileOptions {
  readonly repositories: Repositories;
  readonly root: string;
  readonly solves: Solves;
  readonly onProgress: (what: string) => void;
  /** Another scheme than the scenario's own; null for its own. */
  readonly scheme: string | null;
}

/**
 * Runs one scenario from its file. What is wrong with its input becomes a result of status `error`, so that the other scenarios
 * still run, and so does a libsolv instance that died; a bug of ours is thrown.
 */
export async function runScenarioFile(path: string, options: ScenarioFileOptions): Promise<ScenarioResult> {
  try {
    const read = await readScenario(path);
    const file = { ...under(options.scheme, read), file: labelOf(path, options.root) };
    const result = await runParsedScenario(file, options);
    return { ...result, rerun: result.rerun + schemeFlag(options.scheme) };
  } catch (cause) {
    // An instance that trapped or ran out of memory ends its scenario; the others have instances of their own.
    if (!(cause instanceof InputError) && !instanceDied(cause)) throw cause;
    return notRunnable(labelOf(path, options.root), options.scheme, cause);
  }
}

/** Prepares what a scenario needs and runs its steps. Throws InputError. */
export async function runParsedScenario(
  file: ScenarioFile,
  options: Pick<ScenarioFileOptions, 'repositories' | 'solves' | 'onProgress'>,
): Promise<ScenarioResult> {
  const repositories = await prepareAll(file, options.repositories);
  const hardware = await hardwareOf(file);
  const onStep = (step: string): void => options.onProgress(`${file.id}: ${step}`);
  return runScenario(file, { repositories, hardware, solves: options.solves, onStep });
}

async function prepareAll(file: ScenarioFile, cache: Repositories): Promise<ReadonlyMap<string, ScenarioRepository>> {
  const { scheme, repositories } = file.scenario;
  const prepared = new Map<string, ScenarioRepository>();
  for (const [name, spec] of Object.entries(repositories)) {
    for (const [list, index, kernel] of kernelPaths(spec))
      await inFile(file, ['repositories', name, list, index], () => cache.load(kernel));
  }
  for (const [name, content] of contentsOfScenario(scheme, file.scenario)) {
    const repository = await inFile(file, ['repositories', name], () => cache.prepare(scheme, content));
    const patches = Object.fromEntries((content.patches ?? []).map((patch) => [patch.name, patch.category]));
    prepared.set(name, { ...repository, priority: repositories[name]?.priority ?? 99, patches });
  }
  return prepared;
}

/** Where a repository names a kernel build: the list, the index in it, the build. */
function kernelPaths({ kernels, drivers, externalDrivers }: RepositorySpec): (readonly [string, number, string])[] {
  return [
    ...kernels.map((kernel, index) => ['kernels', index, kernel] as const),
    ...drivers.map(({ kernel }, index) => ['drivers', index, kernel] as const),
    ...externalDrivers.map(({ kernel }, index) => ['externalDrivers', index, kernel] as const),
  ];
}

async function hardwareOf(file: ScenarioFile): Promise<HardwareProfile | null> {
  const { hardware } = file.scenario;
  return hardware === undefined ? null : inFile(file, ['hardware'], () => hardwareNamed(hardware));
}

function schemeFlag(scheme: string | null): string {
  return scheme === null ? '' : ` --scheme "${scheme}"`;
}

/** The scenario under another scheme. What its file expects was written for its own and says nothing of others. */
function under(scheme: string | null, file: ScenarioFile): ScenarioFile {
  if (scheme === null || scheme === file.scenario.scheme) return file;
  const steps = file.scenario.steps.map((step) => ({
    ...step,
    request: requestUnder(scheme, step.request),
    expect: {},
  }));
  return { ...file, id: `${file.id} under ${scheme}`, scenario: { ...file.scenario, scheme, steps } };
}

/** Scenarios are written for SUSE's kernel package; other schemes call what holds the kernel otherwise. */
function requestUnder(scheme: string, request: Request): Request {
  const kernel = /^kernel-default(?=$|\s|[<=>])/;
  const names = request.names.flatMap((name) =>
    kernel.test(name) ? kernelPackages(scheme, 'default').map((own) => name.replace(kernel, own)) : [name],
  );
  return { ...request, names };
}

function labelOf(path: string, root: string): string {
  const below = relative(root, path);
  return below.startsWith('..') ? path : below;
}

function notRunnable(path: string, scheme: string | null, { message }: Error): ScenarioResult {
  const id = basename(path).replace(/\.ya?ml$/, '');
  return {
    id: scheme === null ? id : `${id} under ${scheme}`,
    file: path,
    question: '',
    answer: 'This scenario could not be run.',
    status: 'error',
    error: message,
    hardware: null,
    scheme: scheme ?? '',
    kernels: [],
    steps: [],
    rerun: `kmplab run ${path}${schemeFlag(scheme)}`,
  };
}
