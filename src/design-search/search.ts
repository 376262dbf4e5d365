import { challenge } from '#challenge';
import { InputError } from '#errors';
import { withScratch } from '#files';
import { builtinKernels } from '#kernel';
import { packageBuilds } from '#packaging';
import { kernelNamed, Trials } from '#run';
import type { Counterexample, PromiseId } from '#run-document';
import { cellsOf, runSmall, type SmallScenario } from '#scorecard';
import { setsOfEdits, writeCandidate } from './candidates.js';
import { type CostOfDesign, costsOf, frontOf } from './costs.js';
import type { Edit } from './edits-file.js';

export interface SearchOptions {
  /** The design to begin with. */
  readonly from: string;
  readonly edits: readonly Edit[];
  /** Promises that a design must keep. */
  readonly promises: readonly PromiseId[];
  /** Scenarios on parts of kernels, each of which every design must keep them in. */
  readonly scenarios: readonly SmallScenario[];
  /** Random histories that a design which keeps them there is put to besides. */
  readonly histories: number;
  readonly seed: number;
  /** Whether what the designs that are found cost is counted on whole kernels. */
  readonly costs: boolean;
  /** Where `scenarios/` lies. */
  readonly root: string;
  readonly jobs: number;
  readonly onProgress: (what: string) => void;
}

/** Why a design is none to choose. */
export type ThrownOut =
  /** The smallest scenario among those tried until then. */
  | { readonly status: 'thrownOut'; readonly promise: PromiseId; readonly counterexample: Counterexample }
  /** It packages no kernel, or libsolv dies of it. */
  | { readonly status: 'refused'; readonly error: string };

/** What became of one set of edits. */
export type Candidate = { readonly edits: readonly string[] } & (
  | ThrownOut
  | { readonly status: 'keeps'; readonly costs: CostOfDesign | null; readonly onFront: boolean }
  /** A smaller set of these edits keeps everything. */
  | { readonly status: 'notSmallest'; readonly smaller: readonly string[] }
);

export interface SearchResult {
  readonly from: string;
  readonly promises: readonly PromiseId[];
  /** Scenarios and histories that each design which keeps everything was put to. */
  readonly tried: { readonly scenarios: number; readonly histories: number; readonly seed: number };
  readonly candidates: readonly Candidate[];
}

/** Requests of a random history. */
const requests = 6;

/**
 * The smallest sets of edits that keep all promises, the fewest edits first. What threw out one design is tried first on the next: most are
 * thrown out by the first scenario that they meet.
 *
 * @throws InputError where the design to begin with cannot be read
 */
export async function searchDesigns(options: SearchOptions): Promise<SearchResult> {
  return withScratch(async (directory) => {
    const { from, edits, promises, scenarios, histories, seed, onProgress } = options;
    const court = new Court(options);
    const candidates: Candidate[] = [];
    const keepers: { readonly names: readonly string[]; readonly design: string }[] = [];
    for (const set of setsOfEdits(edits)) {
      const names = set.map(({ name }) => name);
      onProgress(`${names.join(' + ') || from}`);
      const smaller = keepers.find((one) => one.names.every((name) => names.includes(name)));
      if (smaller !== undefined) {
        candidates.push({ edits: names, status: 'notSmallest', smaller: smaller.names });
        continue;
      }
      const design = await writeCandidate(from, set, directory);
      const verdict = await court.judge(design);
      if (verdict !== null) candidates.push({ edits: names, ...verdict });
      else {
        keepers.push({ names, design });
        candidates.push({ edits: names, status: 'keeps', costs: null, onFront: false });
      }
    }
    const costs = options.costs
      ? await costsOf(
          keepers.map(({ design }) => design),
          options,
        )
      : [];
    const front = frontOf(costs);
    return {
      from,
      promises,
      tried: { scenarios: scenarios.length, histories, seed },
      candidates: candidates.map((one) => {
        if (one.status !== 'keeps') return one;
        const index = keepers.findIndex(({ names }) => names === one.edits);
        return { ...one, costs: costs[index] ?? null, onFront: front.has(index) };
      }),
    };
  });
}

/** Puts designs to scenarios, those first that threw out others. */
class Court {
  readonly #options: SearchOptions;
  #scenarios: readonly SmallScenario[];

  constructor(options: SearchOptions) {
    this.#options = options;
    this.#scenarios = options.scenarios;
  }

  /** Null where the design keeps everything. */
  async judge(design: string): Promise<ThrownOut | null> {
    try {
      packageBuilds(design, [await kernelNamed((await builtinKernels()).at(-1) ?? '')]);
      return (await this.#inScenarios(design)) ?? (await this.#inHistories(design));
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      return { status: 'refused', error: cause.message };
    }
  }

  async #inScenarios(design: string): Promise<ThrownOut | null> {
    const trials = new Trials({ counting: true });
    try {
      for (const scenario of this.#scenarios) {
        const { tested, notRun } = await runSmall(design, [scenario], trials);
        const [dead] = notRun.filter(({ died }) => died);
        const found = dead === undefined ? this.#brokenIn(cellsOf(tested, null)) : dying(dead.why);
        if (found === null) continue;
        this.#scenarios = [scenario, ...this.#scenarios.filter((one) => one !== scenario)];
        return found;
      }
      return null;
    } finally {
      trials.dispose();
    }
  }

  async #inHistories(design: string): Promise<ThrownOut | null> {
    const { histories, seed, promises } = this.#options;
    for (let first = 0; first < histories; first += chunk) {
      const some = { seed, first, histories: Math.min(chunk, histories - first), requests, promises };
      const challenged = await challenge(design, some);
      const found = this.#brokenIn(cellsOf([], { challenged, seed }));
      if (found !== null) return found;
    }
    return null;
  }

  #brokenIn(cells: ReturnType<typeof cellsOf>): ThrownOut | null {
    for (const { promise, counterexample } of cells) {
      if (counterexample === null || !this.#options.promises.includes(promise)) continue;
      return { status: 'thrownOut', promise, counterexample };
    }
    return null;
  }
}

/** Histories that are tried before anybody looks: most designs that break a promise do so within a few. */
const chunk = 10;

function dying(why: string): ThrownOut {
  return { status: 'refused', error: why };
}
