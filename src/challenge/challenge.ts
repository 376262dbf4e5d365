import { builtinKernels, builtinLines } from '#kernel';
import { Trials } from '#run';
import { type PromiseId, promiseIds } from '#run-document';
import { type Attempt, attempt, type Break } from './attempt.js';
import { type Cause, causeKey, causeOf, signatureOf } from './cause.js';
import { type DrawnFrom, drawPlan } from './draw.js';
import type { Excuse } from './excuse.js';
import { machineKits } from './kits.js';
import type { Plan } from './plan.js';
import type { ScenarioDocument } from './scenario-of.js';
import { shrunk } from './shrink.js';

export interface ChallengeOptions {
  readonly seed: number;
  /** Histories to try, by their number: from `first` on so many. The same seed and number is the same history, whatever else is tried. */
  readonly first: number;
  readonly histories: number;
  /** Requests of a history, the installation included. */
  readonly requests: number;
  /** Promises to hold a design to. */
  readonly promises: readonly PromiseId[];
}

/** A smallest history in which a design breaks a promise. */
export interface Find {
  /** The number of the history that it was shrunk from. */
  readonly history: number;
  readonly cause: Cause;
  readonly broken: Break;
  /** The scenario as YAML would say it, without its expectation. */
  readonly document: ScenarioDocument;
  readonly size: { readonly requests: number; readonly kernels: number; readonly kernelModules: number };
}

export interface ChallengeCounts {
  readonly histories: number;
  readonly requests: number;
  /** Requests that had no solution. */
  readonly unsolvable: number;
  /** Requests for which libsolv trapped or ran out of memory. */
  readonly noAnswer: number;
  /** Of all requests, each promise by what became of it. */
  readonly promises: Readonly<Partial<Record<PromiseId, PromiseCounts>>>;
  /** Evidence that no answer could have avoided, by reason. */
  readonly excused: Readonly<Record<Excuse, number>>;
}

export type PromiseCounts = Readonly<Record<'kept' | 'broken' | 'notApplicable' | 'notJudged', number>>;

export interface Challenged {
  readonly finds: readonly Find[];
  readonly counts: ChallengeCounts;
}

/** Promises that a random history can be held to: there is no monolithic kernel beside it to compare with. */
export const challengePromises: readonly PromiseId[] = promiseIds.filter((id) => id !== 'noMoreDownload');

/** The ready builds that machines of one architecture update along, oldest first. */
async function readyLine(): Promise<string[]> {
  const lines = await builtinLines();
  return [...(await builtinKernels()), ...lines.filter((name) => name.endsWith('-amd64'))];
}

/** What one process keeps between challenges: kernels, packages, an instance of libsolv. */
export class Challenger {
  readonly #trials: Trials;
  #from: Promise<Omit<DrawnFrom, 'requests'>> | null = null;

  /** `counting`: whether the work of the solver is counted, for `withinBudget`, at about twice the time. */
  constructor(options: { readonly counting: boolean }) {
    this.#trials = new Trials(options);
  }

  /** Histories that are not shrunk: which promises each of them breaks first. @throws InputError where the design packages no kernel */
  async search(design: string, options: ChallengeOptions): Promise<Searched> {
    const tally = new Tally();
    const suspects = new Map<string, Suspect>();
    for (let history = options.first; history < options.first + options.histories; history += 1) {
      const plan = await this.#draw(options, history);
      const attempted = await attempt(design, plan, this.#trials, new Set(options.promises));
      tally.add(attempted);
      for (const broken of attempted.breaks) {
        const signature = signatureOf(broken);
        if (!suspects.has(signature)) suspects.set(signature, { signature, history, step: broken.step });
      }
    }
    return { suspects: [...suspects.values()], counts: tally.counts() };
  }

  /** The smallest history in which a suspect breaks its promise as it did. */
  async shrink(design: string, options: ChallengeOptions, { signature, history, step }: Suspect): Promise<Find> {
    const promises = new Set(options.promises);
    const drawn = await this.#draw(options, history);
    const breakOf = async (plan: Plan): Promise<{ attempted: Attempt; broken: Break } | null> => {
      const attempted = await attempt(design, plan, this.#trials, promises);
      const broken = attempted.breaks.find((one) => signatureOf(one) === signature);
      return broken === undefined ? null : { attempted, broken };
    };
    const until = { ...drawn, steps: drawn.steps.slice(0, step + 1) };
    const plan = await shrunk(until, async (one) => (await breakOf(one)) !== null);
    const found = await breakOf(plan);
    if (found === null) throw new Error(`kmplab bug: history ${history} breaks no promise any more once it is smaller`);
    const { attempted, broken } = found;
    return {
      history,
      cause: causeOf(plan, broken),
      broken,
      document: attempted.document,
      size: {
        requests: plan.steps.length,
        kernels: plan.kernels.length,
        kernelModules: await this.#trials.partSize(plan.kernels.at(-1) ?? '', plan.kit.kernelModules),
      },
    };
  }

  dispose(): void {
    this.#trials.dispose();
  }

  async #draw({ seed, requests }: ChallengeOptions, history: number): Promise<Plan> {
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

/**
 * Searches a range of random histories for promises that a design breaks: one find for each cause, shrunk, in the order of the histories. The
 * same design, seed and range has the same finds.
 *
 * @throws InputError where the design cannot package the kernels
 */
export async function challenge(design: string, options: ChallengeOptions): Promise<Challenged> {
  const challenger = new Challenger({ counting: options.promises.includes('withinBudget') });
  try {
    const { suspects, counts } = await challenger.search(design, options);
    const finds: Find[] = [];
    for (const suspect of suspects) finds.push(await challenger.shrink(design, options, suspect));
    return { finds: distinct(finds), counts };
  } finally {
    challenger.dispose();
  }
}

/** The first of each cause, in the order of their histories. */
export function distinct(finds: readonly Find[]): Find[] {
  const first = new Map<string, Find>();
  for (const find of [...finds].sort((a, b) => a.history - b.history)) {
    const key = causeKey(find.cause);
    if (!first.has(key)) first.set(key, find);
  }
  return [...first.values()];
}

class Tally {
  #counts: ChallengeCounts = {
    histories: 0,
    requests: 0,
    unsolvable: 0,
    noAnswer: 0,
    promises: {},
    excused: { notBuilt: 0, locked: 0 },
  };

  add({ steps, unsolvable, noAnswer, judged, excused }: Attempt): void {
    const known = this.#counts;
    const promises: Partial<Record<PromiseId, PromiseCounts>> = { ...known.promises };
    for (const { promise, status } of judged) {
      const counts = promises[promise] ?? { kept: 0, broken: 0, notApplicable: 0, notJudged: 0 };
      promises[promise] = { ...counts, [status]: counts[status] + 1 };
    }
    const by = (wanted: Excuse): number => known.excused[wanted] + excused.filter((one) => one === wanted).length;
    this.#counts = {
      histories: known.histories + 1,
      requests: known.requests + steps,
      unsolvable: known.unsolvable + unsolvable,
      noAnswer: known.noAnswer + (noAnswer === null ? 0 : 1),
      promises,
      excused: { notBuilt: by('notBuilt'), locked: by('locked') },
    };
  }

  counts(): ChallengeCounts {
    return this.#counts;
  }
}
