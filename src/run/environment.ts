import { environment } from '#measure';
import type { Environment } from '#run-document';
import { libsolvEnvironment } from '#solve';
import { inFreshInstance } from './instances.js';

export async function runEnvironment(kmplab: Environment['kmplab']): Promise<Environment> {
  return { ...environment(), kmplab, libsolv: await inFreshInstance(libsolvEnvironment) };
}
