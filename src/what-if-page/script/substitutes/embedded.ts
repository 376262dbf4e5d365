import { InputError, nearest } from '#errors';

/** What the page carries of the project's files: texts by their paths below its root. */
let files: ReadonlyMap<string, string> = new Map();

export function provideFiles(provided: ReadonlyMap<string, string>): void {
  files = provided;
}

/** @throws InputError `missing`, as reading the file would */
export function embeddedText(path: string): string {
  const text = files.get(path.replace(/^\//, ''));
  if (text !== undefined) return text;
  const guess = nearest(path, [...files.keys()]);
  throw new InputError('missing', 'this page does not have it', {
    file: path,
    ...(guess === null ? {} : { hint: `write "${guess}"` }),
  });
}

/** Names of the files in a directory, sorted. */
export function embeddedNames(directory: string): string[] {
  const start = `${directory.replace(/^\//, '')}/`;
  const below = [...files.keys()].filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  return below.filter((name) => !name.includes('/')).sort();
}
