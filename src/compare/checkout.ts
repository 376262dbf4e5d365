import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '#errors';
import { cacheDirectory, pathExists } from '#files';

/** Another commit of this lab, built. */
export interface Checkout {
  readonly commit: string;
  readonly directory: string;
}

/** A build of TypeScript and of a module, or a refusal, is over by then. */
const minutesMax = 20;

/**
 * A commit of the lab, checked out and built in the user's cache, where the next comparison finds it. Nothing of the checkout in `root` is
 * touched. Throws InputError for a commit that is not there or does not build.
 */
export async function provideCheckout(
  ref: string,
  root: string,
  onProgress: (what: string) => void,
): Promise<Checkout> {
  const commit = await commitOf(ref, root);
  const directory = join(cacheDirectory(), 'commits', commit.slice(0, 12));
  if (await pathExists(directory)) return { commit, directory };
  const aside = `${directory}.part-${process.pid}`;
  try {
    await mkdir(aside, { recursive: true });
    onProgress(`checking out ${commit.slice(0, 12)}`);
    await run('sh', ['-c', 'git archive "$1" | tar -x -C "$2"', 'sh', commit, aside], root, ref);
    await giveModules(root, aside, ref);
    onProgress(`building ${commit.slice(0, 12)}`);
    await run(process.execPath, ['wasm/tools/build.mjs'], aside, ref, { CACHE_DIR: join(root, '.cache', 'sources') });
    await run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-b', 'src'], aside, ref);
    await rename(aside, directory);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return { commit, directory };
}

async function commitOf(ref: string, root: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`],
      {
        cwd: root,
      },
    );
    return stdout.trim();
  } catch (cause) {
    throw new InputError('missing', `"${ref}" is no commit of this lab`, {
      expected: 'a commit, branch or tag of the repository that kmplab runs from',
      cause,
    });
  }
}

/** The packages of this checkout where the other wants the same ones, and its own workspace beside them; else its own, from the registry. */
async function giveModules(root: string, aside: string, ref: string): Promise<void> {
  const lock = 'package-lock.json';
  const [ours, theirs] = [await readFile(join(root, lock), 'utf8'), await readFile(join(aside, lock), 'utf8')];
  if (ours !== theirs) {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], aside, ref);
    return;
  }
  const from = join(root, 'node_modules');
  const to = join(aside, 'node_modules');
  await mkdir(join(to, '@opensuse'), { recursive: true });
  for (const name of await readdir(from))
    if (name !== '@opensuse' && name !== '.package-lock.json') await symlink(join(from, name), join(to, name));
  await symlink(join('..', '..', 'wasm'), join(to, '@opensuse', 'libsolv-wasm'));
  await cp(join(from, '.package-lock.json'), join(to, '.package-lock.json'));
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  ref: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  try {
    await promisify(execFile)(command, [...args], {
      cwd,
      env: { ...process.env, ...env },
      maxBuffer: 64 << 20,
      timeout: minutesMax * 60_000,
    });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    const [line = ''] = said.trim().split('\n').slice(-1);
    throw new InputError('unsupported', `commit ${ref} cannot be built here: ${line}`, {
      hint: 'name a commit that builds with the tools of this machine',
      cause,
    });
  }
}
