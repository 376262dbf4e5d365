import { Challenger } from './challenger.js';
import { distinct, type Find } from './find.js';
import type { ChallengeOptions } from './options.js';
import type { ChallengeCounts } from './tally.js';

export interface Challenged {
  readonly finds: readonly Find[];
  readonly counts: ChallengeCounts;
}

/**
 * Searches a range of random histories for promises that a design breaks: one find for each cause, shrunk, in the order of the histories. The
 * same design, seed and range has the same finds. In this thread; `challengeFor` has workers.
 *
 * @throws InputError where the design cannot package the kernels
 */
export async function challenge(design: string, options: ChallengeOptions): Promise<Challenged> {
  const challenger = new Challenger({ counting: false });
  try {
    const { suspects, counts } = await challenger.search(design, options);
    const finds: Find[] = [];
    for (const suspect of suspects) finds.push(await challenger.shrink(design, options, suspect));
    return { finds: distinct(finds), counts };
  } finally {
    challenger.dispose();
  }
}
