import { z } from 'zod';
import { parseYaml, readInputText } from '#files';

const what = 'YAML: patterns of source paths by group';

/** A user's partition of kernel modules, as YAML: whether it is one, and fits the kernel, is for the scheme to say. */
export async function readGroups(file: string): Promise<unknown> {
  const text = await readInputText(file, { limitBytes: 2 ** 24, expected: what });
  return parseYaml(text, file, { schema: z.unknown(), what, hint: 'see docs/schemes.md' });
}
