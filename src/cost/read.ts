import { fileURLToPath } from 'node:url';
import { parseJson, readInputText } from '#files';
import { type Costs, costsSchema } from './document.js';

const document = { schema: costsSchema, what: 'a costs document', hint: 'make it with "kmplab cost --measure"' };

/** Twenty times the size of the one that comes along. */
const limitBytes = 1 << 18;

/** @throws InputError as `readInputText` and `parseJson` do */
export async function readCosts(file: string): Promise<Costs> {
  return parseJson(await readInputText(file, { limitBytes, expected: document.what }), file, document);
}

/** The document that comes along. */
export async function loadBuiltinCosts(): Promise<Costs> {
  return readCosts(fileURLToPath(new URL('../../scenarios/costs/debian-12.json', import.meta.url)));
}
