import { InputError } from '#errors';
import { placeInYaml } from '#files';
import type { ScenarioFile } from '#scenario';

/** What goes wrong with a part of a scenario is told with the line that asked for it. */
export async function inFile<Result>(
  { file, text }: Pick<ScenarioFile, 'file' | 'text'>,
  path: readonly PropertyKey[],
  work: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof InputError) || cause.file === file) throw cause;
    throw new InputError(cause.code, cause.message, { file, place: placeInYaml(text, path), cause });
  }
}
