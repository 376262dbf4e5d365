import { join } from 'node:path';
import { Option } from 'commander';
import { cacheDirectory, pruneCache } from '#files';
import { type JobCounts, RememberedJobs, ResultFiles, type Results } from '#jobs';
import { labIdentity, type Remembering, withLibsolv } from '#run';
import type { LibsolvModules } from '#solve';
import { count } from '#tell';
import { wholeNumber } from './numbers.js';

/** Where this user's results lie. */
const resultsDirectory = (): string => join(cacheDirectory(), 'results');

export function resultsOfThisUser(): ResultFiles {
  return new ResultFiles(resultsDirectory());
}

/** How long a queue that does not answer is waited for. */
export function patienceOption(): Option {
  return new Option('--patience <seconds>', 'how long a queue that does not answer is waited for')
    .default(60)
    .argParser(wholeNumber);
}

/** A result is some kilobytes. */
const resultsMax = 2 ** 30;

/** Lets the results of this user not grow for ever. */
export async function boundResults(): Promise<void> {
  await pruneCache(resultsDirectory(), resultsMax);
}

/** Finds nothing and keeps nothing: all work is done anew. */
export const noResults: Results = { find: async () => undefined, keep: async () => undefined };

/** Of this lab with that libsolv; null: its own. */
export function identityOf(libsolv: LibsolvModules | null): Promise<string> {
  return withLibsolv(libsolv, labIdentity);
}

/** The jobs of a run whose results lie there. */
export async function jobsOf(
  libsolv: LibsolvModules | null,
  results: Results,
  say: (what: string) => void,
): Promise<Remembering> {
  const identity = await identityOf(libsolv);
  const onResult = ({ asked, found, made }: JobCounts): void => {
    // What was found comes all at once.
    if (made > 0 || found === asked)
      say(`${count(found + made)} of ${count(asked)} results, ${count(found)} of them from before`);
  };
  return (perform) => new RememberedJobs({ identity, results, perform, onResult });
}
