import { parseDocument } from 'yaml';
import { InputError } from '#errors';
import { readInputText } from '#files';

/** A user's partition of kernel modules, as YAML: whether it is one, and fits the kernel, is for the scheme to say. */
export async function readGroups(file: string): Promise<unknown> {
  const text = await readInputText(file, { limitBytes: 2 ** 24, expected: 'YAML: patterns of source paths by group' });
  const document = parseDocument(text, { uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [start] = fault.linePos ?? [];
    throw new InputError('corrupt', fault.message.split('\n')[0] ?? 'this is not YAML', {
      file,
      ...(start === undefined ? {} : { place: { line: start.line, column: start.col } }),
    });
  }
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw new InputError('corrupt', 'groups have no YAML aliases', { file, cause, hint: 'write the patterns out' });
  }
}
