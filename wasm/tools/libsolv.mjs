// Which libsolv: a version that is pinned (0.7.32), or the directory of a source tree, either with patches of wasm/patches (0.7.32+order-index).
// Each becomes a tree of its own under build/src, named by its content: what the user has is only read.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { BuildError, run } from './run.mjs';
import { buildDirectory, hashTree, provide, readPins, wasmDirectory } from './sources.mjs';

const unpacked = join(buildDirectory, 'src');
const patchesDirectory = join(wasmDirectory, 'patches');

/** What is taken of a user's tree: what is compiled, its tools and its test cases. */
const taken = ['src', 'ext', 'tools', 'test/testcases', 'VERSION.cmake', 'LICENSE.BSD'];
/** What a tree must have to be one of libsolv. */
const needed = ['VERSION.cmake', 'src/solver.c', 'ext/testcase.c'];

/**
 * The tree that `spec` names, patched: `name`, `directory`, `version`, `label` for people, `sha256` of the archive or of the user's tree,
 * `treeSha256` of what will be compiled, `pinned`, and `patches` with their names and hashes.
 */
export async function provideLibsolv(spec, directories = { patches: patchesDirectory, unpacked }) {
  const { base, patches: names } = parseSpec(spec, directories.patches);
  const source = await provideBase(base, directories.unpacked);
  const patches = names.map((name) => readPatch(name, directories.patches));
  const directory = patches.length === 0 ? source.directory : patched(source, patches, directories.unpacked);
  return {
    ...source,
    label: [source.label, ...names].join('+'),
    directory,
    treeSha256: hashTree('libsolv', directory),
    patches: patches.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}

/** A directory may have a `+` in its name: the longest part that is one wins. */
function parseSpec(spec, patchesAt) {
  const pieces = spec.split('+');
  const ends = pieces.map((_, index) => pieces.length - index);
  const length = ends.find((end) => end === 1 || isDirectory(pieces.slice(0, end).join('+')));
  const patches = pieces.slice(length);
  const known = existsSync(patchesAt)
    ? readdirSync(patchesAt).filter((name) => isDirectory(join(patchesAt, name)))
    : [];
  for (const [index, name] of patches.entries()) {
    if (!known.includes(name))
      throw new BuildError(`no patch "${name}" in wasm/patches; known: ${known.sort().join(', ') || 'none'}`);
    if (patches.indexOf(name) !== index) throw new BuildError(`the patch ${name} is named twice in ${spec}`);
  }
  return { base: pieces.slice(0, length).join('+'), patches };
}

function isDirectory(path) {
  return path !== '' && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** A pinned version wins over a directory of that name, which can be called ./0.7.32. */
async function provideBase(base, unpackedAt) {
  const pins = pinsOf(base);
  if (pins !== null) {
    const source = await provide('libsolv', pins.libsolv, { strict: true });
    return { ...source, label: source.version };
  }
  return copyOf(resolve(base), unpackedAt);
}

function pinsOf(base) {
  try {
    return readPins(base);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    if (isDirectory(base)) return null;
    throw new BuildError(`${error.message}; nor is it the directory of a source tree`);
  }
}

function copyOf(directory, unpackedAt) {
  const missing = needed.find((file) => !existsSync(join(directory, file)));
  if (missing !== undefined) throw new BuildError(`${directory} is no source tree of libsolv: it has no ${missing}`);
  const sha256 = readable(directory, () => hashTree('libsolv', directory));
  const version = versionOf(directory);
  const target = join(unpackedAt, `libsolv-${version}-${sha256.slice(0, 12)}`);
  writeAside(target, (aside) =>
    readable(directory, () => {
      for (const part of taken.filter((part) => existsSync(join(directory, part))))
        cpSync(join(directory, part), join(aside, part), { recursive: true, dereference: true });
    }),
  );
  return { name: 'libsolv', version, label: `${version} of ${directory}`, directory: target, sha256, pinned: false };
}

function readable(directory, read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof BuildError || error.code === undefined) throw error;
    throw new BuildError(`${directory} cannot be read: ${error.message}`);
  }
}

export function versionOf(directory) {
  const text = readFileSync(join(directory, 'VERSION.cmake'), 'utf8');
  const part = (name) => new RegExp(`SET\\(LIBSOLV_${name} "(\\d+)"\\)`, 'i').exec(text)?.[1] ?? '0';
  return ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.');
}

/** The patches of one experiment, in the order of their names; most have one. */
function readPatch(name, patchesAt) {
  const directory = join(patchesAt, name);
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((file) => join(directory, file));
  const sha256 = files.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256')).digest('hex');
  return { name, files, sha256 };
}

function patched(source, patches, unpackedAt) {
  const hash = createHash('sha256').update(source.directory);
  for (const { sha256 } of patches) hash.update(sha256);
  const names = patches.map(({ name }) => `+${name}`).join('');
  const target = join(unpackedAt, `libsolv-${source.version}${names}-${hash.digest('hex').slice(0, 12)}`);
  writeAside(target, (aside) => {
    cpSync(source.directory, aside, { recursive: true });
    for (const [index, patch] of patches.entries()) applyPatch(patch, patches.slice(0, index), source, aside);
  });
  return target;
}

/** Without fuzz: a patch that fits only nearly would be another experiment. */
function applyPatch({ name, files }, before, source, directory) {
  for (const file of files) {
    try {
      run('patch', ['-p1', '-F0', '--batch', '--forward', '-d', directory, '-i', file]);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      const after = before.length === 0 ? '' : ` after ${before.map((patch) => patch.name).join(', ')}`;
      const hunk = /^(patching file .*|can't find file .*|.*Only garbage.*)$/m.exec(error.message)?.[0] ?? '';
      throw new BuildError(
        `the patch ${name} does not apply to libsolv ${source.label}${after} (${hunk || 'see patch(1)'})`,
      );
    }
  }
}

/** Makes a directory aside and renames it, so that one that is there is whole. */
function writeAside(target, write) {
  if (existsSync(target)) return;
  mkdirSync(join(target, '..'), { recursive: true });
  const aside = mkdtempSync(`${target}.part-`);
  try {
    write(aside);
    // Another process may have been faster, with the same content.
    if (!existsSync(target)) renameSync(aside, target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
