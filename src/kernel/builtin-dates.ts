import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseJson, readInputText } from '#files';

const limitBytes = 1 << 20;

/** The days on which Debian built the kernels that come along, by their names, as far as they are known: those of the image files in its packages. */
export async function builtinDates(): Promise<ReadonlyMap<string, string>> {
  const file = join(dirname(fileURLToPath(import.meta.url)), '../../scenarios/kernels/dates.json');
  const text = await readInputText(file, { limitBytes, expected: 'days by names of kernel builds' });
  const schema = z.record(z.string(), z.iso.date());
  return new Map(
    Object.entries(parseJson(text, file, { schema, what: 'days of kernel builds', hint: 'see docs/kernels.md' })),
  );
}
