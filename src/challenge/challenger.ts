import { matchModalias } from '#hardware';
import { builtinKernels, builtinLines } from '#kernel';
import { Trials } from '#run';
import { type Attempt, attempt, type Break } from './attempt.js';
import { causeOf, signatureOf } from './cause.js';
import { type DrawnFrom, drawPlan } from './draw.js';
import { expectingKept, type Find, subjectOf } from './find.js';
import { machineKits } from './kits.js';
import type { ChallengeOptions } from './options.js';
import type { Plan } from './plan.js';
import { shrunk } from './shrink.js';
import { added, type ChallengeCounts, countsOf, nothingCounted } from './tally.js';

/** A break that stands for all of its signature: that of the first history. */
export interface Suspect {
  readonly signature: string;
  readonly history: number;
  readonly step: number;
}

export interface Searched {
  readonly suspects: readonly Suspect[];
  readonly counts: ChallengeCounts;
}

/** What one process keeps between histories: kernels, packages, an instance of libsolv. */
export class Challenger {
  readonly #trials: Trials;
  #from: Promise<Omit<DrawnFrom, 'requests'>> | null = null;

  /** `counting`: whether the work of the solver is counted, for `withinBudget`, at about twice the time. */
  constructor(options: { readonly counting: boolean }) {
    this.#trials = new Trials(options);
  }

  /** Which promises a range of histories breaks, the first history of each kind. @throws InputError where the design packages no kernel */
  async search(design: string, options: ChallengeOptions): Promise<Searched> {
    let counts = nothingCounted;
    const suspects = new Map<string, Suspect>();
    for (let history = options.first; history < options.first + options.histories; history += 1) {
      const plan = await this.#draw(options, history);
      const attempted = await attempt(design, plan, this.#trials, new Set(options.promises));
      counts = added(counts, countsOf(attempted));
      for (const broken of attempted.breaks) {
        const signature = signatureOf(broken);
        if (!suspects.has(signature)) suspects.set(signature, { signature, history, step: broken.step });
      }
    }
    return { suspects: [...suspects.values()], counts };
  }

  /** The smallest history in which a suspect breaks its promise as it did. */
  async shrink(
    design: string,
    options: Omit<ChallengeOptions, 'first' | 'histories'>,
    { signature, history, step }: Suspect,
  ): Promise<Find> {
    const promises = new Set(options.promises);
    const drawn = await this.#draw(options, history);
    const breakOf = async (plan: Plan): Promise<{ attempted: Attempt; broken: Break } | null> => {
      const attempted = await attempt(design, plan, this.#trials, promises);
      const broken = attempted.breaks.find((one) => signatureOf(one) === signature);
      // What comes after it must not count as part of it.
      return broken === undefined || broken.step < plan.steps.length - 1 ? null : { attempted, broken };
    };
    const until = { ...drawn, steps: drawn.steps.slice(0, step + 1) };
    const plan = await shrunk(until, async (plan) => (await breakOf(plan)) !== null);
    const found = await breakOf(plan);
    if (found === null) throw new Error(`kmplab bug: history ${history} breaks no promise any more once it is smaller`);
    const { attempted, broken } = found;
    const name = subjectOf(broken.evidence[0], (device) => holderOf(attempted, device));
    return {
      design,
      seed: options.seed,
      history,
      cause: causeOf(plan, broken),
      broken,
      document: expectingKept(attempted.document, broken.promise),
      size: {
        requests: plan.steps.length,
        kernels: plan.kernels.length,
        kernelModules: await this.#trials.partSize(plan.kernels.at(-1) ?? '', plan.kit.kernelModules),
      },
      why: name === null ? null : await this.#trials.why(name),
    };
  }

  /** Lets go of packages and answers; kernels stay. */
  forget(): void {
    this.#trials.forget();
  }

  dispose(): void {
    this.#trials.dispose();
  }

  async #draw({ seed, requests }: Pick<ChallengeOptions, 'seed' | 'requests'>, history: number): Promise<Plan> {
    this.#from ??= this.#drawnFrom();
    return drawPlan({ ...(await this.#from), requests }, seed, history);
  }

  async #drawnFrom(): Promise<Omit<DrawnFrom, 'requests'>> {
    const line = await readyLine();
    // What the oldest and the newest build have, those between have too; each is loaded when a history has it.
    const ends = [line[0], line.at(-1)].flatMap((kernel) => kernel ?? []);
    const builds = await Promise.all(ends.map((kernel) => this.#trials.repositories.load(kernel)));
    return { lines: [line], kits: await machineKits(builds) };
  }
}

/** The ready builds that machines of one architecture update along, oldest first. */
async function readyLine(): Promise<string[]> {
  const lines = await builtinLines();
  return [...(await builtinKernels()), ...lines.filter((name) => name.endsWith('-amd64'))];
}

/** The package in reach of a device's driver for the kernel of the next boot. */
function holderOf({ last, reachable }: Attempt, wanted: string): string | null {
  const device = last?.audit.devices.find((device) => device.device === wanted);
  if (device === undefined) return null;
  const holder = reachable.find(({ modules }) =>
    modules.some(
      ({ release, kernelModule }) =>
        release === last?.audit.nextBoot &&
        kernelModule.aliases.some((pattern) => matchModalias(pattern, device.modalias)),
    ),
  );
  return holder?.package.name ?? null;
}
