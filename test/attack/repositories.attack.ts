import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'vitest';
import { compressZstd } from '#files';
import type { Random } from '#statistics';
import { primaryOf, writeRawRepository } from '../support/raw-repository.js';
import { temporaryDirectory } from '../support/temporary.js';
import { assault, oneOf, timeout } from './assault.js';
import { command } from './command.js';
import { damaged, otherXmlValues } from './damage.js';

/** The documents that the library's own readers are attacked with, and a small one. */
const seed = (name: string) => new Uint8Array(readFileSync(new URL(`../../wasm/test/seeds/${name}`, import.meta.url)));
const primaries = [seed('primary.xml'), new Uint8Array(Buffer.from(primaryOf()))];
const updateinfo = seed('update.updateinfo');

const requests = [['in', 'a'], ['up'], ['dup'], ['verify'], ['patch'], ['rm', 'a'], ['in', '(a or b)'], ['in', 'a*']];

async function packed(bytes: Uint8Array, random: Random): Promise<Uint8Array> {
  const how = random.below(4);
  if (how === 0) return new Uint8Array(gzipSync(bytes));
  return how === 1 ? compressZstd(bytes, 3) : bytes;
}

test('repositories', { timeout }, async () => {
  const directory = await temporaryDirectory();
  await assault('repositories', async (random) => {
    const repository = join(directory, 'repository');
    await rm(repository, { recursive: true, force: true });
    const which = random.below(3);
    const primary = oneOf(random, primaries);
    const damage = oneOf(random, [damaged, otherXmlValues]);
    const documents = {
      primary: await packed(which === 0 ? damage(primary, random) : primary, random),
      ...(which === 1 ? { updateinfo: await packed(damage(updateinfo, random), random) } : {}),
    };
    await writeRawRepository(repository, documents, '', which === 2 ? (index) => damage(index, random) : undefined);
    return command('solve', ...oneOf(random, requests), '--repo', repository, '--json');
  });
});
