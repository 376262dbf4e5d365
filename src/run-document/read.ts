import { z } from 'zod';
import { parseJson, readInputText } from '#files';
import { type RunDocument, runDocumentSchema, runDocumentVersion } from './document.js';

const unknownVersion = { error: ({ input }: { input?: unknown }) => `is a run document of version ${String(input)}` };

/** Asked first: a document of another version has other keys, and one of them would be the first that is wrong. */
const headSchema = z.looseObject({
  format: z.literal('kmplab/run'),
  version: z.int().pipe(z.literal(runDocumentVersion, unknownVersion)),
});

const document = {
  schema: z.pipe(headSchema, runDocumentSchema),
  what: `a run document of version ${runDocumentVersion}`,
  hint: 'make it anew with "kmplab run" of this version; documents of other versions are not converted',
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
