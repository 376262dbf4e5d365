import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where this user keeps what can be made again: modules of libsolv (which `wasm/tools` puts there), results of jobs, repositories.
 * KMPLAB_CACHE names another place.
 */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['KMPLAB_CACHE'];
  if (named !== undefined && named !== '') return named;
  const home = environment['XDG_CACHE_HOME'];
  return join(home !== undefined && home !== '' ? home : join(homedir(), '.cache'), 'kmplab');
}
