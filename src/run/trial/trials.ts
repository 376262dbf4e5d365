import { loadBuiltinHardware } from '#hardware';
import type { ScenarioResult, Why } from '#run-document';
import type { Scenario } from '#scenario';
import { defaultPriority, instanceDied } from '#solve';
import type { ConfiguredRepository } from '../machine/machine-input.js';
import { partOf } from '../repository/kernel-part.js';
import type { OfferedRepository } from '../repository/repositories.js';
import { contentsOfScenario } from '../scenario/scenario-contents.js';
import { runScenario } from '../scenario/scenario-run.js';
import { KeptSolves } from './kept-solves.js';
import { TrialRepositories } from './trial-repositories.js';

/** What became of a scenario. */
export type Trial =
  | { readonly status: 'answered'; readonly steps: ScenarioResult['steps'] }
  /** libsolv trapped or was ended at its bound, before or in this step. */
  | { readonly status: 'noAnswer'; readonly step: number; readonly message: string };

export interface TrialRun {
  readonly trial: Trial;
  /** Under the names that the scenario gives them. */
  readonly repositories: ReadonlyMap<string, OfferedRepository>;
}

/**
 * Runs many small scenarios on parts of kernels, as `kmplab run` would and without what that does besides: no file is written, no time is
 * measured, and of a kernel image only what the part imports is packaged.
 */
export class Trials {
  readonly repositories = new TrialRepositories();
  readonly #solves: KeptSolves;

  constructor(options: { readonly counting: boolean }) {
    this.#solves = new KeptSolves(options);
  }

  /** @throws InputError for a scenario that cannot be packaged */
  async run(scenario: Scenario, name: string): Promise<TrialRun> {
    const repositories = new Map<string, ConfiguredRepository>();
    for (const [id, content] of contentsOfScenario(scenario.scheme, scenario)) {
      const prepared = await this.repositories.prepare(scenario.scheme, content);
      const patches = Object.fromEntries((content.patches ?? []).map((patch) => [patch.name, patch.category]));
      repositories.set(id, { ...prepared, priority: scenario.repositories[id]?.priority ?? defaultPriority, patches });
    }
    const profile = typeof scenario.hardware === 'string' ? scenario.hardware : null;
    const file = {
      id: name,
      file: name,
      text: '',
      scenario,
      hardware: profile,
      hardwarePath: [],
      more: false,
      depth: null,
    };
    let step = -1;
    const context = {
      repositories,
      hardware: profile === null ? null : await this.#hardware(profile),
      kernelParts: [],
      solves: this.#solves,
      onStep: () => {
        step += 1;
      },
    };
    try {
      const { steps } = await runScenario(file, context);
      const ended = steps.findIndex(({ outcome }) => outcome.status === 'noAnswer');
      if (ended >= 0)
        return { trial: { status: 'noAnswer', step: ended, message: 'ended at its bound' }, repositories };
      return { trial: { status: 'answered', steps }, repositories };
    } catch (cause) {
      if (!instanceDied(cause)) throw cause;
      return { trial: { status: 'noAnswer', step, message: cause.message }, repositories };
    }
  }

  /** Kernel modules of a closed part, those that others depend on included. @throws InputError */
  async partSize(kernel: string, kernelModules: readonly string[]): Promise<number> {
    return partOf(await this.repositories.load(kernel), kernelModules).modules.length;
  }

  /** Why what a text means is there after the last request of the last scenario, or is not. */
  why(name: string): Promise<Why | null> {
    return this.#solves.why(name);
  }

  dispose(): void {
    this.#solves.dispose();
    this.repositories.dispose();
  }

  readonly #profiles = new Map<string, ReturnType<typeof loadBuiltinHardware>>();

  #hardware(name: string): ReturnType<typeof loadBuiltinHardware> {
    let profile = this.#profiles.get(name);
    if (profile === undefined) {
      profile = loadBuiltinHardware(name);
      this.#profiles.set(name, profile);
    }
    return profile;
  }
}
