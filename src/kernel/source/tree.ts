import { join } from 'node:path';
import { type ContainedFile, fileBytesMax, listFilesSorted, type OnSkipped, readInputFile } from '#files';

/** The wanted files of a directory tree, in order of path. */
export async function* treeFiles(
  root: string,
  wants: (path: string) => boolean,
  onSkipped: OnSkipped,
): AsyncGenerator<ContainedFile> {
  for (const path of await listFilesSorted(root, { onSkipped })) {
    if (wants(path)) yield { path, bytes: await readInputFile(join(root, path), { limitBytes: fileBytesMax }) };
  }
}
