import { createRequire } from 'node:module';
import { z } from 'zod';

/** What is read piece by piece has a decoder, and what is unpacked as a whole has another one. */
export type XzDecoder = 'pieces' | 'whole';

const packageSchema = z.object({
  XzReadableStream: z.custom<new (packed: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>>(
    (value) => typeof value === 'function',
  ),
});

const loaded = new Map<XzDecoder, z.infer<typeof packageSchema>>();

/**
 * xz-decompress, loaded once for each decoder: the package has one behind a lock, so that who opened a `.ko.xz` while still reading the
 * `data.tar.xz` around it would wait for ever.
 */
export function xzDecoder(decoder: XzDecoder): z.infer<typeof packageSchema> {
  let found = loaded.get(decoder);
  if (found === undefined) {
    const require = createRequire(import.meta.url);
    const file = require.resolve('xz-decompress');
    delete require.cache[file];
    found = packageSchema.parse(require(file));
    loaded.set(decoder, found);
  }
  return found;
}
