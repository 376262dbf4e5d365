import { basename, relative } from 'node:path';
import { InputError } from '#errors';
import { parseSchemeText, schemeNamed } from '#packaging';
import type { ScenarioResult } from '#run-document';
import { readScenario, type ScenarioFile } from '#scenario';
import { instanceDied } from '#solve';
import { hardwareNamed } from './inputs.js';
import type { ContentSpec } from './package-repository.js';
import type { Repositories } from './repository-cache.js';
import { runScenario, type ScenarioRepository } from './scenario-run.js';
import type { Solves } from './solve-cache.js';

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
    const { scheme, hardware } = file.scenario;
    const repositories = new Map<string, ScenarioRepository>();
    const specs = Object.entries(file.scenario.repositories);
    const history = historyOf(scheme, Object.values(file.scenario.repositories));
    for (const [name, spec] of specs) {
      const prepared = await options.repositories.prepare(scheme, { ...spec, ...history });
      repositories.set(name, { ...prepared, priority: spec.priority });
    }
    const profile = hardware === undefined ? null : await hardwareNamed(hardware);
    const onStep = (step: string): void => options.onProgress(`${file.id}: ${step}`);
    const result = await runScenario(file, { repositories, hardware: profile, solves: options.solves, onStep });
    return { ...result, rerun: result.rerun + schemeFlag(options.scheme) };
  } catch (cause) {
    // An instance that trapped or ran out of memory ends its scenario; the others have instances of their own.
    if (!(cause instanceof InputError) && !instanceDied(cause)) throw cause;
    return notRunnable(labelOf(path, options.root), options.scheme, cause);
  }
}

/** For a scheme that looks back: every build of the scenario, of which each repository takes note of the older ones. */
function historyOf(scheme: string, specs: readonly ContentSpec[]): Pick<ContentSpec, 'earlier'> {
  if (schemeNamed(parseSchemeText(scheme).name).looksBack !== true) return {};
  return { earlier: [...new Set(specs.flatMap(({ kernels }) => kernels))].sort() };
}

function schemeFlag(scheme: string | null): string {
  return scheme === null ? '' : ` --scheme "${scheme}"`;
}

/** The scenario under another scheme. What its file expects was written for its own and says nothing of others. */
function under(scheme: string | null, file: ScenarioFile): ScenarioFile {
  if (scheme === null || scheme === file.scenario.scheme) return file;
  const steps = file.scenario.steps.map((step) => ({ ...step, expect: {} }));
  return { ...file, id: `${file.id} under ${scheme}`, scenario: { ...file.scenario, scheme, steps } };
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
