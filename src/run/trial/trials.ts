import { loadBuiltinHardware } from '#hardware';
import type { RenderedPackages } from '#repomd';
import type { ScenarioResult, Why } from '#run-document';
import type { Scenario } from '#scenario';
import { defaultPriority, instanceDied } from '#solve';
import type { ConfiguredRepository } from '../machine/machine-input.js';
import { partOf } from '../repository/kernel-part.js';
import type { OfferedRepository } from '../repository/repositories.js';
import { contentsOfScenario } from '../scenario/scenario-contents.js';
import { runScenario } from '../scenario/scenario-run.js';
import { KeptInstance } from './kept-instance.js';
import { KeptSolves } from './kept-solves.js';
import { TrialRepositories } from './trial-repositories.js';

/** What became of a scenario. */
export type Trial =
  | { readonly status: 'answered'; readonly steps: ScenarioResult['steps'] }
  /** libsolv trapped in this step. One that was ended at its bound is a step without answer. */
  | { readonly status: 'died'; readonly step: number; readonly message: string };

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
  readonly repositories: TrialRepositories;
  readonly #solves: KeptSolves;
  readonly #reading = new KeptInstance();

  constructor({ counting }: { readonly counting: boolean }) {
    const rendered: RenderedPackages = new WeakMap();
    this.repositories = new TrialRepositories(this.#reading, rendered);
    this.#solves = new KeptSolves({ counting, reading: this.#reading, rendered });
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
      return { trial: { status: 'answered', steps }, repositories };
    } catch (cause) {
      if (!instanceDied(cause)) throw cause;
      return { trial: { status: 'died', step, message: cause.message }, repositories };
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

  /** Lets go of packages and answers, for who goes on with other designs; kernels stay. */
  forget(): void {
    this.repositories.forget();
    this.#solves.forget();
  }

  dispose(): void {
    this.#solves.dispose();
    this.#reading.dispose();
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
