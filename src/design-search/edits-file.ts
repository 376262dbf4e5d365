import { z } from 'zod';
import { type DocumentKind, parseYaml, readInputText } from '#files';
import { designEditsSchema } from '#packaging';

const word = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'expected a word of letters and digits');

const editSchema = designEditsSchema.extend({
  name: word.describe('what the edit is called in results'),
  about: z.string().min(1).describe('what it changes'),
});

/** More would be more sets than anybody waits for: each edit doubles them. */
const editsMax = 12;

const editsFileSchema = z
  .strictObject({ edits: z.array(editSchema).min(1).max(editsMax) })
  .superRefine((file, context) => {
    const names = file.edits.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) < index)
        context.addIssue({ code: 'custom', path: ['edits', index, 'name'], message: `"${name}" is there twice` });
    });
  });

/** One change to a design, under a name. */
export type Edit = z.infer<typeof editSchema>;

const kind: DocumentKind<z.infer<typeof editsFileSchema>> = {
  schema: editsFileSchema,
  what: 'a list of edits',
  hint: 'docs/designs.md tells what an edit says',
};

/** Reads the edits of a search, in the order in which they are made. @throws InputError with line and column */
export async function readEdits(file: string): Promise<readonly Edit[]> {
  const text = await readInputText(file, { limitBytes: 1 << 20, expected: 'a YAML file with a list of `edits`' });
  return parseYaml(text, file, kind).edits;
}
