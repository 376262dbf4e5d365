import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, nearest } from '#errors';
import { listNamesSync, parseYaml, readInputTextSync } from '#files';
import { type Design, designOf } from './design.js';
import { fixedDesign } from './options.js';
import { placed, type WrittenAt } from './place.js';
import { designSchema } from './schema.js';

const limitBytes = 1 << 20;
/** Nobody builds this many designs on each other; each is a file to read. */
const extendsMax = 20;

/** Where the ready designs lie: seen alike from the sources and from the compiled files. */
const directory = join(dirname(fileURLToPath(import.meta.url)), '../../../scenarios/designs');

/** Order in which comparisons and lists show them; what came later follows by name. */
const order = [
  'modular',
  'monolithic',
  'split',
  'grouped',
  'kabi-in-name',
  'suse-kmp',
  'symset',
  'uname-r',
  'rhel-kmod',
];

/** Names of the designs that come with the project. */
export function designNames(): string[] {
  const names = listNamesSync(directory).flatMap((file) => (file.endsWith('.yaml') ? basename(file, '.yaml') : []));
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** The designs that come with the project. */
export function readyDesigns(): Design[] {
  return designNames().map(designNamed);
}

/** Files are read once: what a design is does not change while the lab runs. */
const known = new Map<string, Design>();

/**
 * A ready design by its name, one of the user's by its path (what ends in `.yaml` or has a `/`), or the design itself (what begins with `{`).
 *
 * @throws InputError with file, line and column
 */
export function designNamed(name: string): Design {
  return isInPlace(name) ? designInPlace(name) : readDesign(fileOf(name, '.'), []);
}

/** A design that is written out where its name could stand: YAML in braces, and so JSON too. */
function isInPlace(name: string): boolean {
  return name.startsWith('{');
}

function designInPlace(text: string): Design {
  let design = known.get(text);
  if (design === undefined) {
    if (text.length > limitBytes) {
      throw new InputError('too-large', 'this design is too long', { expected: `at most ${limitBytes} bytes` });
    }
    design = parseDesign(text, 'design in place', resolve('in-place'), []);
    known.set(text, design);
  }
  return design;
}

function fileOf(name: string, from: string): string {
  if (/\/|\.ya?ml$/.test(name)) return resolve(from, name);
  const names = designNames();
  if (names.includes(name)) return join(directory, `${name}.yaml`);
  const guess = nearest(name, names);
  throw new InputError('unknown-key', `there is no scheme "${name}"`, {
    expected: `${names.join(', ')}, or the path of a design's file`,
    ...(guess === null ? {} : { hint: `write "${guess}"` }),
  });
}

function readDesign(file: string, extendedBy: readonly string[]): Design {
  let design = known.get(file);
  if (design === undefined) {
    design = parseDesign(readInputTextSync(file, { limitBytes, expected: 'a design' }), shown(file), file, extendedBy);
    known.set(file, design);
  }
  return design;
}

/** Ready designs are named by their place in the project, those of the user as the system has them. */
function shown(file: string): string {
  return dirname(file) === directory ? join('scenarios/designs', basename(file)) : file;
}

function parseDesign(text: string, label: string, file: string, extendedBy: readonly string[]): Design {
  const document = parseYaml(text, label, {
    schema: designSchema,
    what: 'a design',
    hint: 'docs/designs.md has the format; "kmplab design show modular" one that is right',
  });
  const at: WrittenAt = { file: label, text, path: [] };
  const name = document.name ?? basename(file).replace(/\.ya?ml$/, '');
  if (document.extends === undefined) return designOf(document, null, name, at);
  const own = [...extendedBy, file];
  const base = placed({ ...at, path: ['extends'] }, () => {
    const { name: extended, options } = parseSchemeText(document.extends ?? '');
    const next = fileOf(extended, dirname(file));
    if (own.includes(next))
      throw new InputError('invalid', 'this design extends itself', { expected: 'another design' });
    if (own.length >= extendsMax) {
      throw new InputError('too-large', `designs that extend each other ${extendsMax} deep`, { expected: 'fewer' });
    }
    return fixedDesign(readDesign(next, own), { ...options, ...document.with });
  });
  return designOf(document, base, name, at);
}

/**
 * A scheme with options as one text, so that everything that names a scheme can name a variant of it: `grouped grouping=installer`,
 * `./my-design.yaml contents=boot hardRequires=true`. A value that is JSON is taken as such, any other as a string.
 *
 * @throws InputError `usage`
 */
export function parseSchemeText(text: string): {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
} {
  // Options of what it extends stand in `with`.
  if (isInPlace(text.trim())) return { name: text.trim(), options: {} };
  const [name = '', ...parts] = text.trim().split(/\s+/);
  return { name, options: parseSchemeOptions(parts) };
}

/**
 * Options of a scheme, each `key=value`; here a value may have spaces.
 *
 * @throws InputError `usage`
 */
export function parseSchemeOptions(texts: readonly string[]): Readonly<Record<string, unknown>> {
  const options = texts.map((text): [string, unknown] => {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new InputError('usage', `"${text}" is no option of a scheme`, { expected: 'key=value' });
    return [text.slice(0, equals), parseValue(text.slice(equals + 1))];
  });
  return Object.fromEntries(options);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
