// Object files by content: two libsolv trees that differ in one file compile that one.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { BuildError, runAll } from './run.mjs';
import { compileArguments } from './units.mjs';

/**
 * Compiles what is not there yet; returns the object files in the order of the units. `roots`: directories by name, whose places must not
 * count. A file is known by its text, its flags, all that it may include, and the compiler.
 */
export async function compileAll({ compiler, command, units, flags, roots, directory }) {
  mkdirSync(directory, { recursive: true });
  const headers = Object.fromEntries(Object.values(roots).map((root) => [root, includedHash(root, units)]));
  const objects = units.map((unit) => {
    const args = compileArguments(unit, '', flags);
    const key = createHash('sha256').update(JSON.stringify([compiler, placeless(args, roots)]));
    key.update(readFileSync(unit.file));
    for (const [root, hash] of Object.entries(headers)) if (mayInclude(unit, root)) key.update(hash);
    return { unit, object: join(directory, `${key.digest('hex').slice(0, 40)}.o`) };
  });
  const missing = objects.filter(({ object }) => !existsSync(object));
  const aside = (object) => `${object}.${process.pid}.part`;
  await runAll(
    missing.map(({ unit, object }) => [command, compileArguments(unit, aside(object), flags)]),
    availableParallelism(),
  ).catch((error) => {
    if (!(error instanceof BuildError)) throw error;
    throw new BuildError(firstError(error.message));
  });
  for (const { object } of missing) if (existsSync(aside(object))) renameSync(aside(object), object);
  return objects.map(({ object }) => object);
}

function placeless(args, roots) {
  return Object.entries(roots).reduce(
    (texts, [name, root]) => texts.map((text) => text.replaceAll(root, `<${name}>`)),
    args,
  );
}

function mayInclude({ file, include }, root) {
  return [file, ...include].some((path) => path === root || path.startsWith(`${root}/`));
}

/** Of headers, and of C files that no unit is: some are included. */
function includedHash(root, units) {
  const compiled = new Set(units.map(({ file }) => file));
  const hash = createHash('sha256');
  const files = readdirSync(root, { recursive: true }).filter((file) => /\.[ch]$/.test(file));
  for (const file of files.sort()) {
    const path = join(root, file);
    if (!compiled.has(path)) hash.update(file).update(readFileSync(path));
  }
  return hash.digest();
}

/** What a person needs of a compiler's pages: the first error, by the name of its file. */
function firstError(output) {
  const line = output.split('\n').find((text) => /\berror:/.test(text)) ?? output.split('\n')[0] ?? '';
  return line.replace(/^\S*\/([^/\s]+:\d+)/, (_all, at) => basename(at));
}
