import { z } from 'zod';
import { InputError } from '#errors';
import { parseXml } from './parse-xml.js';

/** Hex digits of each checksum this reader can compute; repomd.xml calls SHA-1 `sha` as well. */
const checksumTypes = {
  sha: { algorithm: 'sha1', digits: 40 },
  sha1: { algorithm: 'sha1', digits: 40 },
  sha224: { algorithm: 'sha224', digits: 56 },
  sha256: { algorithm: 'sha256', digits: 64 },
  sha384: { algorithm: 'sha384', digits: 96 },
  sha512: { algorithm: 'sha512', digits: 128 },
} as const;
type ChecksumType = keyof typeof checksumTypes;

export interface Checksum {
  readonly algorithm: (typeof checksumTypes)[ChecksumType]['algorithm'];
  readonly hex: string;
}

/** A `<data>` element: a file, and everything it was promised to be. */
export interface IndexEntry {
  readonly type: string;
  readonly href: string;
  readonly checksum: Checksum;
  readonly openChecksum: Checksum | null;
  readonly bytes: number | null;
  readonly openBytes: number | null;
}

export interface RepositoryIndex {
  readonly revision: string | null;
  readonly entries: readonly IndexEntry[];
}

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'not a number of bytes')
  .transform(Number);

const checksum = z
  .object({ type: z.enum(['sha', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']), text: z.string() })
  .transform(({ type, text }) => ({ ...checksumTypes[type], hex: text.trim().toLowerCase() }))
  .refine(({ hex, digits }) => /^[0-9a-f]+$/.test(hex) && hex.length === digits, 'not a checksum of its type')
  .transform(({ algorithm, hex }): Checksum => ({ algorithm, hex }));

/** A reader joins this to its directory: nothing absolute, no way up, no scheme, no other system's separators. */
const href = z
  .string()
  .min(1)
  .refine((text) => !/^[a-z][a-z0-9+.-]*:/i.test(text) && !text.startsWith('/'), 'must be relative to the repository')
  .refine((text) => !text.split('/').includes('..'), 'leads out of the repository')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
  .refine((text) => !/[\u0000-\u001f\\%?#]/.test(text), 'has a character that file names in a repository cannot have');

const data = z
  .object({
    type: z.string().regex(/^[A-Za-z0-9._-]+$/, 'not a metadata type'),
    location: z.object({ href }),
    checksum,
    'open-checksum': checksum.optional(),
    size: count.optional(),
    'open-size': count.optional(),
  })
  .transform(
    (entry): IndexEntry => ({
      type: entry.type,
      href: entry.location.href,
      checksum: entry.checksum,
      openChecksum: entry['open-checksum'] ?? null,
      bytes: entry.size ?? null,
      openBytes: entry['open-size'] ?? null,
    }),
  );

const document = z.object({
  repomd: z.object({ revision: z.string().optional(), data: z.array(data).min(1, 'lists no metadata') }),
});

/**
 * Reads repomd.xml (createrepo_c's layout). Unknown elements are passed over, as clients do.
 *
 * @throws InputError `corrupt`, `unsupported` or `invalid`, with the line or the element
 */
export function parseIndex(text: string, file: string): RepositoryIndex {
  const parsed = document.safeParse(parseXml(text, file, (path) => path === 'repomd.data'));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError('invalid', `this is not a repository index: ${issue?.message}`, {
      file,
      place: { part: (issue?.path ?? []).join('.') },
      expected: 'repomd.xml as createrepo_c writes it, with checksums of the SHA family',
    });
  }
  const { revision, data: entries } = parsed.data.repomd;
  return { revision: revision ?? null, entries };
}
