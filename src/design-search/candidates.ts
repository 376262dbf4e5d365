import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Edit } from './edits-file.js';

/** Sets of edits, the fewest first, and those of as many in the order of the file. */
export function* setsOfEdits(edits: readonly Edit[]): Generator<readonly Edit[]> {
  for (let size = 0; size <= edits.length; size += 1) yield* combinations(edits, size);
}

function* combinations<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [index, first] of items.entries()) {
    for (const rest of combinations(items.slice(index + 1), size - 1)) yield [first, ...rest];
  }
}

/** Writes a design with these edits below a directory: one file for each, which extends the one before. Returns what names the design. */
export async function writeCandidate(from: string, edits: readonly Edit[], directory: string): Promise<string> {
  let design = from;
  let name = '';
  for (const { name: own, about, ...changes } of edits) {
    name = name === '' ? own : `${name}-${own}`;
    const file = join(directory, `${name}.yaml`);
    await writeFile(file, stringify({ extends: design, about, question: 'Does it keep every promise?', ...changes }));
    design = file;
  }
  return design;
}
