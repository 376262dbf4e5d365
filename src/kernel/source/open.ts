import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '#errors';
import {
  asInputError,
  type ContainedFile,
  decodeUtf8,
  type OnSkipped,
  pathExists,
  readInputFile,
  sha256Hex,
} from '#files';
import type { KernelSource } from '../build.js';
import { isAr } from './ar.js';
import { UnpackBudget } from './container.js';
import { readDeb } from './deb.js';
import { isRpm, readRpm } from './rpm.js';
import { treeFiles } from './tree.js';

/** One thing the user named, opened: files by path from the root of a system, whatever it was packed in. */
export interface OpenSource {
  readonly kind: KernelSource['kind'];
  readonly name: string;
  readonly sha256: string | null;
  /** Version and revision that the package states; `undefined` where it is no package. */
  readonly published: { readonly version: string; readonly revision: string } | undefined;
  /** Whether the release in the paths is only a directory's name, which a copy may have lost. */
  readonly releaseIsGuessed: boolean;
  /** What this source may still unpack to; its files draw on it, and so does who unpacks them further. */
  readonly budget: UnpackBudget;
  /** In the container's own order. */
  readonly files: (wants: (path: string) => boolean, onSkipped: OnSkipped) => AsyncGenerator<ContainedFile>;
}

/** The largest package file that is read; Debian's kernels with debug symbols, which carry no facts of ours, are beyond. */
const packageBytesMax = 1024 ** 3;

/**
 * Opens a path by what it is: a directory (a system's root, or one release's `/lib/modules/<release>`), a Debian or RPM package, or
 * a Module.symvers file, compressed or not.
 *
 * @throws InputError
 */
export async function openSource(path: string, unpackedBytesMax?: number): Promise<OpenSource> {
  const isDirectory = await stat(path).then(
    (about) => about.isDirectory(),
    (error: unknown) => Promise.reject(asInputError(error, path, 'a package, a directory or a Module.symvers file')),
  );
  const budget = new UnpackBudget(path, unpackedBytesMax);
  if (isDirectory) return openTree(path, budget);
  const bytes = await readInputFile(path, { limitBytes: packageBytesMax });
  const about = { name: basename(path), sha256: sha256Hex(bytes), budget };
  if (isAr(bytes)) {
    const deb = await readDeb(bytes, path, budget);
    return { ...about, kind: 'deb', published: splitVersion(deb.version), releaseIsGuessed: false, files: deb.files };
  }
  if (isRpm(bytes)) {
    const { version, release, files } = readRpm(bytes, path, budget);
    return { ...about, kind: 'rpm', published: { version, revision: release }, releaseIsGuessed: false, files };
  }
  return { ...about, ...(await openPlainFile(bytes, path, budget)) };
}

async function openTree(path: string, budget: UnpackBudget): Promise<OpenSource> {
  const isRoot = (await pathExists(join(path, 'lib/modules'))) || (await pathExists(join(path, 'usr/lib/modules')));
  const name = basename(resolve(path));
  const prefix = isRoot ? '' : `lib/modules/${name}/`;
  async function* files(wants: (path: string) => boolean, onSkipped: OnSkipped): AsyncGenerator<ContainedFile> {
    for await (const file of treeFiles(path, (below) => wants(prefix + below), onSkipped)) {
      yield { path: prefix + file.path, bytes: file.bytes };
    }
  }
  return { kind: 'modules-tree', name, sha256: null, published: undefined, releaseIsGuessed: !isRoot, budget, files };
}

type SymversSource = Omit<OpenSource, 'name' | 'sha256' | 'budget'>;

/** A supported.conf is known by its name, a Module.symvers by its first line. */
async function openPlainFile(packed: Uint8Array, path: string, budget: UnpackBudget): Promise<SymversSource> {
  const bytes = await budget.file(packed, path);
  const isSupported = basename(path) === 'supported.conf';
  const firstLine = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString('latin1');
  if (!isSupported && !/^0x[0-9a-fA-F]{8}\t/.test(firstLine)) {
    throw new InputError('unsupported', 'this is no kernel that can be read', {
      file: path,
      expected: 'a .deb or .rpm package, a directory such as /lib/modules/<release>, or a Module.symvers file',
    });
  }
  decodeUtf8(bytes, path);
  async function* files(): AsyncGenerator<ContainedFile> {
    yield { path: isSupported ? 'supported.conf' : 'Module.symvers', bytes };
  }
  return { kind: 'symvers', published: undefined, releaseIsGuessed: false, files };
}

/** Debian's `[epoch:]upstream[-revision]`: deb-version(7). */
function splitVersion(version: string): { version: string; revision: string } {
  const withoutEpoch = version.replace(/^\d+:/, '');
  const dash = withoutEpoch.lastIndexOf('-');
  return dash === -1
    ? { version: withoutEpoch, revision: '0' }
    : { version: withoutEpoch.slice(0, dash), revision: withoutEpoch.slice(dash + 1) };
}
