import { InputError } from '#errors';
import { Challenger, type Searched, type Suspect } from './challenger.js';
import type { Find } from './find.js';
import type { ChallengeOptions } from './options.js';

/** The thread's side: one export for each task. An error loses its class on the way between threads, so that the user's come as values. */
export type Answer<Result> = { readonly value: Result } | { readonly refused: RefusedInput };

export interface RefusedInput {
  readonly code: InputError['code'];
  readonly message: string;
}

export interface Task {
  readonly design: string;
  readonly options: ChallengeOptions;
}

const challenger = new Challenger({ counting: false });

export function search({ design, options }: Task): Promise<Answer<Searched>> {
  return answered(() => challenger.search(design, options));
}

export function shrink({ design, options, suspect }: Task & { readonly suspect: Suspect }): Promise<Answer<Find>> {
  return answered(() => challenger.shrink(design, options, suspect));
}

async function answered<Result>(work: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { value: await work() };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { refused: { code: cause.code, message: cause.message } };
  }
}
