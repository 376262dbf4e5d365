#!/usr/bin/env node
// Builds native programs from the same sources with the same options as the module: build/native-<version>/testsolv, libsolv's own
// test runner, is the oracle; installcheck says what of a repository cannot be installed, by the rules of RPM; bench-native is the other side
// of the benchmark. Does nothing if nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, has, main, run, runAll } from './run.mjs';
import { buildDirectory, provide, readPins, wasmDirectory } from './sources.mjs';
import { compileArguments, generateHeaders, nativeUnits, objectName } from './units.mjs';

// What libsolv's CMake gives a release build.
const flags = ['-O3', '-fPIC', '-Wno-all', '-DHAVE_QSORT_R=1'];

/** Programs: their own source, in libsolv's tree or in this package. */
const programs = (tree) => ({
  testsolv: join(tree, 'tools', 'testsolv.c'),
  installcheck: join(tree, 'tools', 'installcheck.c'),
  'bench-native': join(wasmDirectory, 'bench', 'native.c'),
});

/** Builds what is missing; returns the directory of the programs and the unpacked libsolv tree. */
export async function buildNative() {
  const cc = process.env.CC ?? 'cc';
  if (!has(cc))
    throw new BuildError(`no C compiler (${cc}): install one (Debian: apt-get install gcc libc6-dev) or set CC`);
  const pins = readPins();
  const sources = [];
  for (const [name, pin] of Object.entries(pins))
    sources.push(await provide(name, pin, { strict: name === 'libsolv' }));
  const trees = Object.fromEntries(sources.map(({ name, directory }) => [name, directory]));
  const directory = join(buildDirectory, `native-${pins.libsolv.version}`);
  const found = { directory, tree: trees.libsolv, version: pins.libsolv.version };
  const stamp = inputsHash(sources, run(cc, ['--version']).split('\n')[0], programs(trees.libsolv));
  const stampFile = join(directory, 'inputs.sha256');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return found;

  console.error(`libsolv-wasm: building native libsolv ${pins.libsolv.version}`);
  const generated = generateHeaders(trees.libsolv, join(buildDirectory, `generated-${pins.libsolv.version}`));
  const objects = join(directory, 'objects');
  mkdirSync(objects, { recursive: true });
  const units = nativeUnits(trees, generated);
  const compile = (unit) => [cc, compileArguments(unit, join(objects, objectName(unit)), flags)];
  await runAll(units.map(compile), availableParallelism());
  const [{ defines, include }] = units;
  for (const [name, file] of Object.entries(programs(trees.libsolv))) {
    const object = join(objects, `${name}.o`);
    run(cc, compileArguments({ file, defines, include }, object, flags));
    run(cc, ['-o', join(directory, name), object, ...units.map((unit) => join(objects, objectName(unit)))]);
  }
  writeFileSync(stampFile, stamp);
  return found;
}

function inputsHash(sources, compiler, files) {
  const hash = createHash('sha256').update(JSON.stringify([sources.map(({ sha256 }) => sha256), compiler, flags]));
  hash.update(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'units.mjs')));
  for (const file of Object.values(files)) hash.update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const { directory } = await buildNative();
    console.log(directory);
  });
}
