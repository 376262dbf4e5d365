import { parseJson, readInputText } from '#files';
import { type Baseline, baselineSchema } from './baseline.js';

const document = {
  schema: baselineSchema,
  what: 'a baseline of version 2',
  hint: 'make it with "kmplab gate RUN.json --write-baseline FILE"',
};

/** A baseline of a thousand scenarios would be far below this. */
const limitBytes = 64 << 20;

/** Reads and checks a baseline. Throws InputError: missing, too-large, corrupt (not JSON), invalid (another format or version). */
export async function readBaseline(file: string): Promise<Baseline> {
  return parseJson(await readInputText(file, { limitBytes, expected: document.what }), file, document);
}
