import { withScratch } from '#files';
import type { PromiseId } from '#run-document';
import { setsOfEdits, writeCandidate } from './candidates.js';
import { type CostOfDesign, costsOf, frontOf } from './costs.js';
import { Court } from './court.js';
import type { SearchOptions, ThrownOut } from './options.js';

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

/**
 * The smallest sets of edits that keep all promises, the fewest edits first.
 *
 * @throws InputError where the design to begin with cannot be read
 */
export async function searchDesigns(options: SearchOptions): Promise<SearchResult> {
  return withScratch(async (directory) => {
    const { from, promises, scenarios, histories, seed } = options;
    const court = new Court(options);
    const { candidates, keepers } = await judged(options, court, directory).finally(() => {
      court.dispose();
    });
    const designs = keepers.map(({ design }) => design);
    const costs = options.costs ? await costsOf(designs, options) : [];
    const front = frontOf(costs);
    return {
      from,
      promises,
      tried: { scenarios: scenarios.length, histories, seed },
      candidates: candidates.map((candidate) => {
        if (candidate.status !== 'keeps') return candidate;
        const index = keepers.findIndex(({ names }) => names === candidate.edits);
        return { ...candidate, costs: costs[index] ?? null, onFront: front.has(index) };
      }),
    };
  });
}

interface Judged {
  readonly candidates: readonly Candidate[];
  readonly keepers: readonly { readonly names: readonly string[]; readonly design: string }[];
}

/** Every set of edits, the fewest first; one that is larger than one that keeps everything is not tried. */
async function judged(
  { from, edits, onProgress, onCount }: SearchOptions,
  court: Court,
  directory: string,
): Promise<Judged> {
  const candidates: Candidate[] = [];
  const keepers: Judged['keepers'][number][] = [];
  for (const set of setsOfEdits(edits)) {
    onCount({ done: candidates.length, total: 2 ** edits.length });
    const names = set.map(({ name }) => name);
    const smaller = keepers.find((keeper) => keeper.names.every((name) => names.includes(name)));
    if (smaller !== undefined) {
      candidates.push({ edits: names, status: 'notSmallest', smaller: smaller.names });
      continue;
    }
    onProgress(names.join(' + ') || from);
    const design = await writeCandidate(from, set, directory);
    const verdict = await court.judge(design);
    if (verdict === null) keepers.push({ names, design });
    candidates.push({ edits: names, ...(verdict ?? { status: 'keeps', costs: null, onFront: false }) });
  }
  return { candidates, keepers };
}
