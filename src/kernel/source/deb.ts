import { InputError } from '#errors';
import { type ContainedFile, decodeUtf8, decompressChunks, type OnSkipped, tarFiles } from '#files';
import { readAr } from './ar.js';
import type { UnpackBudget } from './container.js';

export interface DebPackage {
  readonly name: string;
  /** `[epoch:]upstream[-revision]`. */
  readonly version: string;
  readonly architecture: string;
  /** The wanted files of its data archive, in its order. */
  readonly files: (wants: (path: string) => boolean, onSkipped: OnSkipped) => AsyncGenerator<ContainedFile>;
}

/**
 * A Debian package: deb(5), an ar archive with `debian-binary`, `control.tar.*` and `data.tar.*`.
 *
 * @throws InputError `corrupt`, `truncated`, `unsupported`
 */
export async function readDeb(bytes: Uint8Array, file: string, budget: UnpackBudget): Promise<DebPackage> {
  const members = readAr(bytes, file);
  const member = (name: RegExp): Uint8Array => {
    const found = members.find((candidate) => name.test(candidate.name));
    if (found === undefined) {
      throw new InputError('corrupt', `no member matches ${name.source}`, { file, expected: 'a Debian package' });
    }
    return found.bytes;
  };
  const control = await readControl(member(/^control\.tar/), file);
  const field = (name: string): string => {
    const value = new RegExp(`^${name}:[ \\t]*(.+)$`, 'm').exec(control)?.[1]?.trim();
    if (value === undefined) throw new InputError('corrupt', `its control file has no ${name}`, { file });
    return value;
  };
  const data = member(/^data\.tar/);
  return {
    name: field('Package'),
    version: field('Version'),
    architecture: field('Architecture'),
    files: (wants, onSkipped) => tarFiles(budget.archive(data), { file, wants, onSkipped }),
  };
}

/** Maintainer scripts and lists of checksums are in it too. */
const controlBytesMax = 64 * 1024 ** 2;

async function readControl(packed: Uint8Array, file: string): Promise<string> {
  const unpacked = decompressChunks(packed, { file, limitBytes: controlBytesMax });
  const wants = (path: string): boolean => path === 'control';
  for await (const { bytes } of tarFiles(unpacked, { file, wants, onSkipped: () => undefined })) {
    return decodeUtf8(bytes, file);
  }
  throw new InputError('corrupt', 'its control archive has no control file', { file, expected: 'a Debian package' });
}
