import { parseJson, readInputText } from '#files';
import { type RunDocument, runDocumentSchema } from './document.js';

const document = {
  schema: runDocumentSchema,
  what: 'a run document of version 1',
  hint: 'make it with "kmplab run" of this version',
};

/** A run of a thousand scenarios with every step of every transaction is below this. */
const limitBytes = 512 << 20;

/** Reads and checks a `run.json`. Throws InputError: missing, too-large, corrupt (not JSON), invalid. */
export async function readRunDocument(file: string): Promise<RunDocument> {
  return parseRunDocument(await readInputText(file, { limitBytes, expected: document.what }), file);
}

export function parseRunDocument(text: string, file: string): RunDocument {
  return parseJson(text, file, document);
}
