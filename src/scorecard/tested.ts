import { type Challenged, challenge, challengePromises } from '#challenge';
import { Trials } from '#run';
import { runSmall, type SmallResults, type SmallScenario } from './small-scenarios.js';

export interface ToTest {
  readonly design: string;
  readonly small: readonly SmallScenario[];
  /** Random histories; 0 tries none. */
  readonly histories: number;
  readonly seed: number;
}

/** What a design comes to on parts of kernels. */
export interface Tested extends SmallResults {
  readonly challenged: Challenged | null;
}

/** Requests of a random history. */
export const requests = 6;

/** Puts one design to small scenarios, and to random histories. @throws InputError where it cannot package their kernels */
export async function testedOn({ design, small, histories, seed }: ToTest): Promise<Tested> {
  const trials = new Trials({ counting: true });
  const results = await runSmall(design, small, trials).finally(() => {
    trials.dispose();
  });
  const how = { seed, first: 0, histories, requests, promises: challengePromises };
  return { ...results, challenged: histories === 0 ? null : await challenge(design, how) };
}
