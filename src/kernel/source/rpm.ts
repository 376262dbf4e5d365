import { InputError } from '#errors';
import type { ContainedFile, OnSkipped } from '#files';
import type { UnpackBudget } from './container.js';
import { cpioFiles } from './cpio.js';

export interface RpmPackageFile {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly architecture: string;
  /** The wanted files of its payload, in its order. */
  readonly files: (wants: (path: string) => boolean, onSkipped: OnSkipped) => AsyncGenerator<ContainedFile>;
}

const leadBytes = 96;
const leadMagic = 0xedabeedb;
const headerMagic = 0x8eade801;
const headerIntro = 16;

/** Tags of rpm's lib/rpmtag.h. */
const tag = { name: 1000, version: 1001, release: 1002, arch: 1022, payloadFormat: 1124, payloadCompressor: 1125 };
const stringType = 6;
const wantedTags: ReadonlySet<number> = new Set(Object.values(tag));
/** Names, versions and words: none is as long as this. */
const stringBytesMax = 4096;

export function isRpm(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === leadMagic;
}

/**
 * An RPM package, format 3 and 4: the lead, the signature header, the header, and a compressed cpio archive
 * (docs/manual/format_v4.md of rpm). Signatures are passed over, not verified.
 *
 * @throws InputError `truncated`, `corrupt`, `unsupported`
 */
export function readRpm(bytes: Uint8Array, file: string, budget: UnpackBudget): RpmPackageFile {
  if (!isRpm(bytes)) throw new InputError('corrupt', 'this is not an RPM package', { file });
  const signature = readHeader(bytes, leadBytes, file);
  // The signature header is filled up to a multiple of eight, the main one is not.
  const header = readHeader(bytes, (signature.end + 7) & ~7, file);
  const text = (wanted: number, name: string): string => {
    const value = header.strings.get(wanted);
    if (value === undefined) throw new InputError('corrupt', `its header has no ${name}`, { file });
    return value;
  };
  const format = header.strings.get(tag.payloadFormat) ?? 'cpio';
  const compressor = header.strings.get(tag.payloadCompressor) ?? 'gzip';
  if (format !== 'cpio' || !['gzip', 'xz', 'zstd', 'none'].includes(compressor)) {
    throw new InputError('unsupported', `its payload is ${format} packed by ${compressor}`, {
      file,
      expected: 'cpio packed by gzip, xz or zstd',
    });
  }
  async function* files(wants: (path: string) => boolean, onSkipped: OnSkipped): AsyncGenerator<ContainedFile> {
    yield* cpioFiles(budget.archive(bytes.subarray(header.end)), { file, wants, onSkipped });
  }
  return {
    name: text(tag.name, 'name'),
    version: text(tag.version, 'version'),
    release: text(tag.release, 'release'),
    architecture: text(tag.arch, 'architecture'),
    files,
  };
}

/** The wanted strings of one header section, by tag, and where it ends; of several with one tag the first. All else is passed over. */
function readHeader(bytes: Uint8Array, at: number, file: string): { strings: Map<number, string>; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  need(bytes, at + headerIntro, file);
  if (view.getUint32(at) !== headerMagic) {
    throw new InputError('corrupt', 'an RPM header should start here', { file, place: { offset: at } });
  }
  const count = view.getUint32(at + 8);
  const storeBytes = view.getUint32(at + 12);
  const store = at + headerIntro + count * 16;
  const end = store + storeBytes;
  need(bytes, end, file);
  const strings = new Map<number, string>();
  for (let entry = at + headerIntro; entry < store; entry += 16) {
    const wanted = view.getUint32(entry);
    if (!wantedTags.has(wanted) || strings.has(wanted) || view.getUint32(entry + 4) !== stringType) continue;
    const start = store + view.getUint32(entry + 8);
    const length = bytes.subarray(start, Math.min(end, start + stringBytesMax)).indexOf(0);
    if (start >= end || length === -1) {
      throw new InputError('corrupt', 'an RPM header entry lies outside of its header', {
        file,
        place: { offset: entry },
      });
    }
    strings.set(wanted, Buffer.from(bytes.subarray(start, start + length)).toString('utf8'));
  }
  return { strings, end };
}

function need(bytes: Uint8Array, end: number, file: string): void {
  if (end <= bytes.length) return;
  throw new InputError('truncated', `the package ends after ${bytes.length} bytes, within its headers`, {
    file,
    hint: 'fetch the package again',
  });
}
