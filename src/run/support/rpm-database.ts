import { execFile } from 'node:child_process';
import { copyFile, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StatedPackage } from '#audit';
import { InputError } from '#errors';
import { asInputError, pathBelow, withScratch } from '#files';

const run = promisify(execFile);

/** A system of 10,000 packages, a kernel packaged module by module among them, prints about a tenth of this. */
const outputBytesMax = 512 << 20;
const timeoutMs = 5 * 60_000;

/** Where rpm databases lie below a root: since rpm's move to /usr, and before. */
const places = ['usr/lib/sysimage/rpm', 'var/lib/rpm'];

/**
 * One line per fact, its kind before a tab. A text with a line break makes a line of no kind, which is refused, or passes for
 * a fact that the package states; what a database says of itself is believed either way.
 */
const format = [
  'P\\t%{NAME}\\t%{EVR}\\t%{ARCH}\\t%{VENDOR}\\n',
  '[V\\t%{PROVIDENEVRS}\\n]',
  '[R\\t%{REQUIRENEVRS}\\n]',
  '[F\\t%{FILENAMES}\\n]',
].join('');

/**
 * What the rpm database of a system's root says of its packages. The machine's rpm reads a copy of it, with fixed arguments: nothing of the
 * root is executed, and nothing in it changes, as SQLite would write beside a database that it only reads.
 *
 * @throws InputError
 */
export async function readRpmDatabase(root: string): Promise<StatedPackage[]> {
  const database = await databaseOf(root);
  const stdout = await withScratch(async (copy) => {
    for (const [name, file] of database.files) {
      await copyFile(file, join(copy, name)).catch((cause: unknown) => Promise.reject(asInputError(cause, file)));
    }
    const args = ['--dbpath', copy, '-qa', '--nodigest', '--nosignature', '--qf', format];
    const answer = await run('rpm', args, {
      maxBuffer: outputBytesMax,
      timeout: timeoutMs,
      env: { ...process.env, LC_ALL: 'C' },
    }).catch((cause: unknown) => Promise.reject(rpmError(cause, database.directory)));
    return answer.stdout;
  });
  return parseQuery(stdout, database.directory);
}

interface Database {
  readonly directory: string;
  /** Its files by their names. */
  readonly files: ReadonlyMap<string, string>;
}

/** Each kind of database: its main file, and what is read beside it. */
const databaseFiles = [['rpmdb.sqlite', 'rpmdb.sqlite-wal'], ['Packages.db', 'Index.db'], ['Packages']];

async function databaseOf(root: string): Promise<Database> {
  for (const place of places) {
    for (const names of databaseFiles) {
      const found = new Map<string, string>();
      for (const name of names) {
        const file = await pathBelow(root, join(place, name));
        if (file !== null && (await lstat(file)).isFile()) found.set(name, file);
      }
      if (found.has(names[0] ?? '')) return { directory: join(root, place), files: found };
    }
  }
  if ((await pathBelow(root, 'var/lib/dpkg/status')) !== null) {
    throw new InputError(
      'unsupported',
      'the packages of this system are Debian packages, which state nothing of kABI',
      {
        file: root,
        expected: 'a system with an rpm database: SUSE, Fedora, RHEL',
        hint: 'look at its kernels with "kmplab kernel import /lib/modules/RELEASE" and "kmplab kernel show", or give a list of RPMs with --rpm-list',
      },
    );
  }
  throw new InputError('missing', 'there is no rpm database below this root', {
    file: root,
    expected: places.map((place) => join(root, place)).join(' or '),
    hint: 'name the root of an installed system, or give a list of its packages with --rpm-list',
  });
}

function rpmError(cause: unknown, file: string): InputError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') {
    return new InputError('missing', 'rpm is not installed', {
      cause,
      hint: 'install rpm, or give a list with --rpm-list',
    });
  }
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return new InputError('too-large', 'rpm prints more than can be of one system', { file, cause });
  }
  return new InputError('unreadable', 'rpm cannot read this database', { file, cause });
}

export function parseQuery(text: string, file: string): StatedPackage[] {
  const packages: (StatedPackage & { provides: string[]; requires: string[]; files: string[] })[] = [];
  for (const line of text.split('\n')) {
    const [kind, ...fields] = line.split('\t');
    const [name = '', evr = '', arch = '', vendor = ''] = fields;
    const current = packages.at(-1);
    if (kind === 'P') {
      packages.push({
        nevra: `${name}-${evr}.${arch}`,
        name,
        evr,
        arch,
        vendor: vendor === '(none)' ? null : vendor,
        provides: [],
        requires: [],
        files: [],
      });
    } else if (kind === 'V') current?.provides.push(name);
    else if (kind === 'R') current?.requires.push(name);
    else if (kind === 'F') current?.files.push(name);
    else if (line !== '') {
      throw new InputError('corrupt', 'rpm prints what was not asked for', {
        file,
        expected: 'packages whose names and files have no line breaks',
      });
    }
  }
  // A signing key is not software.
  return packages.filter(({ name }) => name !== 'gpg-pubkey');
}
