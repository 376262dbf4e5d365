import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '#errors';
import { decodeUtf8 } from '#files';
import { parseXml } from './parse-xml.js';
import { metadataOf, type ReadRepository } from './read.js';

/** openSUSE's and SUSE's largest are a sixth of this. Reading takes memory twenty times as much. */
const limitBytes = 96 << 20;

/** An update's packages are libsolv's business, and its words are nobody's. */
const unread = ['pkglist', 'references', 'description', 'title'].map((name) => `updates.update.${name}`);

const updates = z.object({
  updates: z.union([
    // Without a single update the element is empty, which is an empty text.
    z.literal('').transform(() => []),
    z
      .object({ update: z.array(z.object({ id: z.string().min(1), type: z.string() })).default([]) })
      .transform((one) => one.update),
  ]),
});

/** The updateinfo.xml of a repository and what each of its updates is for, by id, as it stands there. */
export interface ReadAdvisories {
  readonly document: Uint8Array;
  readonly types: Readonly<Record<string, string>>;
}

/**
 * The updates that a repository publishes; null where it publishes none. Their packages are libsolv's business.
 *
 * @throws InputError `corrupt`, `unsupported` or `invalid`
 */
export function readAdvisories(repository: ReadRepository): ReadAdvisories | null {
  if (!repository.metadata.has('updateinfo')) return null;
  const bytes = metadataOf(repository, 'updateinfo');
  const file = join(repository.directory, repository.metadata.get('updateinfo')?.href ?? '');
  if (bytes.length > limitBytes) {
    throw new InputError('too-large', `${bytes.length} bytes of updates`, {
      file,
      expected: `at most ${limitBytes} bytes`,
    });
  }
  const document = parseXml(decodeUtf8(bytes, file), file, (path) => path === 'updates.update', unread);
  const parsed = updates.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError('invalid', `this is no list of updates: ${issue?.message}`, {
      file,
      place: { part: (issue?.path ?? []).join('.') },
      expected: 'updateinfo.xml, an <update> with type and <id> for each',
    });
  }
  return { document: bytes, types: Object.fromEntries(parsed.data.updates.map(({ id, type }) => [id, type])) };
}
