import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { decodeUtf8, decompress, parseJson, readInputFile } from '#files';

const sizesSchema = z.strictObject({
  format: z.literal('kmplab/firmware-sizes'),
  version: z.literal(1),
  /** The packages that the files are of. */
  source: z.array(z.strictObject({ package: z.string(), version: z.string() })),
  /** Bytes of each file, unpacked, by its path below /lib/firmware. */
  files: z.record(z.string(), z.int().min(0)),
});

/** How large the firmware is that kernel modules name, as far as a distribution ships it. */
export type FirmwareSizes = z.infer<typeof sizesSchema>;

const limitBytes = 16 * 1024 ** 2;

/** Debian 12's, which come along: of the files that the kernel builds beside them name. */
export async function loadFirmwareSizes(): Promise<FirmwareSizes> {
  const file = join(dirname(fileURLToPath(import.meta.url)), '../../scenarios/firmware/debian-12.json.zst');
  const bytes = await decompress(await readInputFile(file, { limitBytes }), { file, limitBytes });
  return parseJson(decodeUtf8(bytes, file), file, {
    schema: sizesSchema,
    what: 'sizes of firmware files',
    hint: 'see docs/kernels.md',
  });
}
