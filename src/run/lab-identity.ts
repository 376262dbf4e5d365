import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFilesSorted } from '#files';
import { libsolvEnvironment } from '#solve';
import { inFreshInstance } from './instances.js';

/** Relative to this file, both in src/run and in dist/run. */
const code = dirname(dirname(fileURLToPath(import.meta.url)));
const data = join(dirname(code), 'scenarios');

/** Read by a run, and not named by its input: every scenario that is named is input. */
const dataFolders = ['costs', 'designs', 'firmware', 'flavors', 'hardware', 'kernels', 'lines'];

/**
 * A hash of all that decides what this lab answers beside its input: its code, the data that come with it, and the libsolv that was chosen
 * (`withLibsolv`). Labs of one identity come to the same exact results.
 */
export async function labIdentity(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(await inFreshInstance(libsolvEnvironment)));
  const isCode = (path: string): boolean => /\.[jt]s$/.test(path) && !/\.d\.ts$|^bench\//.test(path);
  const isData = (path: string): boolean => dataFolders.includes(path.split('/', 1)[0] ?? '');
  for (const [directory, wanted] of [
    [code, isCode],
    [data, isData],
  ] as const) {
    for (const path of (await listFilesSorted(directory)).filter(wanted)) {
      const content = await readFile(join(directory, path));
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}
