#!/usr/bin/env node
// Builds native programs from the same sources with the same options as the module: testsolv, libsolv's own test runner, is the oracle;
// installcheck says what of a repository cannot be installed, by the rules of RPM; bench-native is the other side of the benchmark.
//   node wasm/tools/native.mjs                  of the pinned libsolv, in build/native-VERSION
//   node wasm/tools/native.mjs --libsolv SPEC   of any other (libsolv.mjs says what SPEC may be), in build/native/…, by content
// Prints the directory. Does nothing if nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provideLibsolv } from './libsolv.mjs';
import { compileAll } from './objects.mjs';
import { BuildError, has, main, run } from './run.mjs';
import { buildDirectory, cacheDirectory, provideAll, readPins, wasmDirectory } from './sources.mjs';
import { compileArguments, generateHeaders, nativeUnits } from './units.mjs';

// What libsolv's CMake gives a release build.
const flags = ['-O3', '-fPIC', '-Wno-all', '-DHAVE_QSORT_R=1'];

/** Programs: their own source, in libsolv's tree or in this package. */
const programs = (tree) => ({
  testsolv: join(tree, 'tools', 'testsolv.c'),
  installcheck: join(tree, 'tools', 'installcheck.c'),
  'bench-native': join(wasmDirectory, 'bench', 'native.c'),
});

/** Builds what is missing; returns the directory of the programs, the libsolv tree, its version and its label. */
export async function buildNative(spec) {
  const cc = process.env.CC ?? 'cc';
  if (!has(cc))
    throw new BuildError(`no C compiler (${cc}): install one (Debian: apt-get install gcc libc6-dev) or set CC`);
  const { libsolv: pin, ...others } = readPins();
  const sources = [await provideLibsolv(spec ?? pin.version), ...(await provideAll(others))];
  const trees = Object.fromEntries(sources.map(({ name, directory }) => [name, directory]));
  const [{ version, label, treeSha256, patches }] = sources;
  const names = patches.map(({ name }) => `+${name}`).join('');
  const directory = join(
    buildDirectory,
    spec === undefined ? `native-${version}` : join('native', `${version}${names}-${treeSha256.slice(0, 12)}`),
  );
  const found = { directory, tree: trees.libsolv, version, label };
  const compiler = run(cc, ['--version']).split('\n')[0];
  const stamp = inputsHash(sources, compiler, programs(trees.libsolv));
  const stampFile = join(directory, 'inputs.sha256');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return found;

  console.error(`libsolv-wasm: building native libsolv ${label}`);
  const generated = generateHeaders(trees.libsolv, join(buildDirectory, `generated-${version}`));
  const objects = join(cacheDirectory, 'objects', 'native');
  mkdirSync(directory, { recursive: true });
  const units = nativeUnits(trees, generated);
  const compiled = await compileAll({
    compiler,
    command: cc,
    units,
    flags,
    roots: { ...trees, generated },
    directory: objects,
  });
  const [{ defines, include }] = units;
  for (const [name, file] of Object.entries(programs(trees.libsolv))) {
    const object = join(directory, `${name}.o`);
    run(cc, compileArguments({ file, defines, include }, object, flags));
    run(cc, ['-o', join(directory, name), object, ...compiled]);
  }
  writeFileSync(stampFile, stamp);
  return found;
}

function inputsHash(sources, compiler, files) {
  const hash = createHash('sha256').update(
    JSON.stringify([sources.map(({ treeSha256 }) => treeSha256), compiler, flags]),
  );
  hash.update(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'units.mjs')));
  for (const file of Object.values(files)) hash.update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const { libsolv } = parseArgs({ options: { libsolv: { type: 'string' } } }).values;
    const { directory } = await buildNative(libsolv);
    console.log(directory);
  });
}
