import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asOutputError, hashInputFile, withScratch } from '#files';
import type { RepositoryPart } from '#repomd';

const partSchema = z.strictObject({
  packages: z.int().nonnegative(),
  replacedCharacters: z.int().nonnegative(),
  files: z.array(
    z.strictObject({
      type: z.string(),
      href: z.string(),
      bytes: z.int(),
      sha256: z.string(),
      openBytes: z.int(),
      openSha256: z.string(),
    }),
  ),
  /** Names, versions and releases of its packages. */
  names: z.array(z.string()),
});

/** What was published with one kernel build, and what it is called. */
export interface PublishedPart extends RepositoryPart {
  readonly names: readonly string[];
}

/** Parts of channels by what they are made of. What is damaged counts as not there. */
export class PartCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async find(key: string): Promise<PublishedPart | null> {
    const directory = join(this.#directory, key);
    const text = await readFile(join(directory, 'part.json'), 'utf8').catch(() => null);
    if (text === null) return null;
    const parsed = partSchema.safeParse(jsonOf(text));
    if (!parsed.success) return null;
    for (const { href, sha256 } of parsed.data.files) {
      const found = await hashInputFile(join(directory, href), 'sha256', { limitBytes: partBytesMax }).catch(
        () => null,
      );
      if (found?.hex !== sha256) return null;
    }
    return { ...parsed.data, directory };
  }

  /** Keeps what `write` puts into the directory that it is given. */
  async keep(
    key: string,
    write: (directory: string) => Promise<Omit<PublishedPart, 'directory'>>,
  ): Promise<PublishedPart> {
    const target = join(this.#directory, key);
    try {
      await mkdir(this.#directory, { recursive: true });
    } catch (error) {
      throw asOutputError(error, this.#directory, 'room for parts of channels');
    }
    return withScratch(async (scratch) => {
      const aside = join(scratch, 'part');
      await mkdir(aside);
      const { packages, replacedCharacters, files, names } = await write(aside);
      const part = { packages, replacedCharacters, files, names: [...names] };
      await writeFile(join(aside, 'part.json'), JSON.stringify(part));
      // A damaged one, or another process's, which is the same.
      await rm(target, { recursive: true, force: true });
      await rename(aside, target);
      return { ...part, directory: target };
    }, this.#directory);
  }
}

const partBytesMax = 2 ** 30;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
