import { rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '#errors';
import { atTheEnd } from './cleanup.js';
import { ownerEnded, thisOwner } from './owner.js';

/** A directory that is in use, and how to be rid of it. */
export interface Scratch {
  readonly path: string;
  readonly drop: () => Promise<void>;
}

/**
 * Runs `work` with a new directory, which is removed afterwards: also when the process is asked to end (`cleanUp`), and by the next that
 * comes when it is killed.
 *
 * @param parent where it lies: the system's directory for temporary files unless given
 * @throws InputError `unwritable` where there is no such place
 */
export async function withScratch<Result>(
  work: (directory: string) => Promise<Result>,
  parent = tmpdir(),
): Promise<Result> {
  const { path, drop } = await makeScratch(join(parent, 'kmplab-')).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new InputError('unwritable', `no temporary directory can be made here: ${said}`, {
      file: parent,
      hint: 'free space there, or name another directory with TMPDIR',
      cause,
    });
  });
  try {
    return await work(path);
  } finally {
    await drop();
  }
}

/** Makes a directory whose path begins with `prefix`, which every user may enter. Throws the system's error. */
export async function makeScratch(prefix: string): Promise<Scratch> {
  const path = await mkdtemp(`${prefix}${thisOwner()}-`);
  const forget = atTheEnd(() => rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 }));
  await sweep(prefix);
  await chmod(path, 0o755);
  return {
    path,
    async drop() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      forget();
    },
  };
}

/** Where this thread has looked for what killed processes left. */
const swept = new Set<string>();

/** Removes what processes left that ended without a word. */
async function sweep(prefix: string): Promise<void> {
  if (swept.has(prefix)) return;
  swept.add(prefix);
  const at = prefix.lastIndexOf('/') + 1;
  const [parent, start] = [prefix.slice(0, at), prefix.slice(at)];
  for (const name of await readdir(parent).catch(() => [])) {
    const [, owner] = name.startsWith(start) ? (/^(\d+-\d+)-[A-Za-z0-9]{6}$/.exec(name.slice(start.length)) ?? []) : [];
    // Somebody else's that cannot be removed stays.
    if (owner !== undefined && ownerEnded(owner))
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
