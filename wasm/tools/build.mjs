#!/usr/bin/env node
// Builds dist/libsolv.wasm and dist/libsolv-counting.wasm from the pinned sources. Does nothing if nothing they are made of changed.
//   node wasm/tools/build.mjs            LIBSOLV_VERSION=… for another pinned libsolv, SOURCES_DIR=… for archives at hand
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { main, run, runAll } from './run.mjs';
import { buildDirectory, provide, readPins, wasmDirectory } from './sources.mjs';
import { emccEnvironment, provideEmcc } from './toolchain.mjs';
import { compileArguments, generateHeaders, moduleUnits, objectName } from './units.mjs';

const shimDirectory = join(wasmDirectory, 'shim');
const distDirectory = join(wasmDirectory, 'dist');

const compileFlags = ['-fno-strict-aliasing', '-Wno-everything'];
/**
 * The stack comes first, so that one that overflows leaves the memory and traps, instead of growing into the tables. It holds libsolv's
 * largest frames (a page compressor's 256 KiB) and what the engine's own stack lets recurse; and ends below 1 MiB, up to where the
 * addresses of the tables behind it take a byte less. emscripten's default was 5 MiB and became 64 KiB.
 */
const linkFlags = [
  '--no-entry',
  '-sSTANDALONE_WASM=1',
  '-sIMPORTED_MEMORY=1',
  '-sALLOW_MEMORY_GROWTH=1',
  '-sMAXIMUM_MEMORY=4GB',
  '-Wl,--stack-first',
  '-sTOTAL_STACK=917504',
];
const initialMemoryBytes = 16 * 1024 * 1024;

/**
 * `link` is for the optimiser of the linked binary; the C code was optimised file by file (units.mjs), and link-time optimisation
 * made the module larger and no faster. trace-pc calls a function at each control-flow edge, which shim/counters.c defines as one
 * addition: -O3 inlines it.
 */
const builds = {
  release: { file: 'libsolv.wasm', compile: [], link: ['-Os'] },
  counting: {
    file: 'libsolv-counting.wasm',
    compile: ['-fsanitize-coverage=trace-pc', '-DSHIM_COUNTING=1'],
    link: ['-O3'],
  },
};

await main(async () => {
  const pins = readPins();
  const compiler = provideEmcc();
  const inputs = hashInputs(pins, compiler);
  if (upToDate(inputs)) {
    console.error('libsolv-wasm: up to date');
    return;
  }
  const sources = [];
  for (const [name, pin] of Object.entries(pins))
    sources.push(await provide(name, pin, { strict: name === 'libsolv' }));
  const trees = Object.fromEntries(sources.map(({ name, directory }) => [name, directory]));
  const facts = {
    libsolv: pins.libsolv.version,
    sources: sources.map(({ directory, ...fact }) => fact),
    compiler,
    inputsSha256: inputs,
  };
  for (const [name, build] of Object.entries(builds)) await buildModule(name, build, trees, facts);
  copyLicences(trees);
});

/** Of everything that ends up in the module, emscripten's C library (musl) included. */
function copyLicences(trees) {
  const musl =
    ['EMSCRIPTEN', 'EMSCRIPTEN_ROOT'].map((name) => process.env[name]).find(Boolean) ?? '/usr/share/emscripten';
  const files = {
    'libsolv.txt': join(trees.libsolv, 'LICENSE.BSD'),
    'expat.txt': join(trees.expat, 'COPYING'),
    'zlib.txt': join(trees.zlib, 'LICENSE'),
    'zstd.txt': join(trees.zstd, 'LICENSE'),
    'musl.txt': join(musl, 'system', 'lib', 'libc', 'musl', 'COPYRIGHT'),
  };
  const directory = join(distDirectory, 'licenses');
  mkdirSync(directory, { recursive: true });
  for (const [name, file] of Object.entries(files)) {
    if (existsSync(file)) copyFileSync(file, join(directory, name));
    else console.error(`libsolv-wasm: no licence text at ${file}`);
  }
}

/** Over everything that decides the output; the archives by the pins, whose hashes were checked when they were unpacked. */
function hashInputs(pins, compiler) {
  const hash = createHash('sha256');
  const add = (text) => hash.update(`${text.length}:`).update(text);
  add(JSON.stringify(pins));
  add(compiler);
  for (const directory of [shimDirectory, join(wasmDirectory, 'tools')]) {
    for (const file of readdirSync(directory).sort()) {
      if (directory !== shimDirectory && !['build.mjs', 'units.mjs'].includes(file)) continue;
      add(file);
      add(readFileSync(join(directory, file), 'utf8'));
    }
  }
  return hash.digest('hex');
}

function upToDate(inputs) {
  return Object.values(builds).every(({ file }) => {
    const path = join(distDirectory, file);
    return existsSync(path) && readFileSync(path).includes(`"inputsSha256":"${inputs}"`);
  });
}

async function buildModule(name, build, trees, facts) {
  console.error(`libsolv-wasm: compiling the ${name} build of libsolv ${facts.libsolv}`);
  const objects = join(buildDirectory, name);
  mkdirSync(objects, { recursive: true });
  const generated = generateHeaders(trees.libsolv, join(buildDirectory, `generated-${facts.libsolv}`));
  const units = moduleUnits(trees, generated, shimDirectory);
  Object.assign(process.env, emccEnvironment);
  const flags = [...compileFlags, ...build.compile];
  const stale = units.map((unit) => objectOf(unit, objects, flags, facts.compiler)).filter(({ fresh }) => !fresh);
  await runAll(
    stale.map(({ args }) => ['emcc', args]),
    availableParallelism(),
  );
  for (const { keyFile, key } of stale) writeFileSync(keyFile, key);
  const linked = join(objects, 'linked.wasm');
  run('emcc', [
    ...linkFlags,
    ...build.link,
    `-sINITIAL_MEMORY=${initialMemoryBytes}`,
    '-o',
    linked,
    ...units.map((unit) => join(objects, objectName(unit))),
  ]);
  writeModule(linked, join(distDirectory, build.file), { build: name, ...facts });
}

/** An object file is fresh if a key beside it says that it was made of the same text, headers, flags and compiler. */
function objectOf(unit, objects, flags, compiler) {
  const object = join(objects, objectName(unit));
  const args = compileArguments(unit, object, flags);
  const texts = [unit.file, ...headersOf(unit)].map((file) => readFileSync(file));
  const key = texts
    .reduce((hash, text) => hash.update(text), createHash('sha256').update(compiler + args.join(' ')))
    .digest('hex');
  const keyFile = `${object}.key`;
  return {
    args,
    key,
    keyFile,
    fresh: existsSync(object) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key,
  };
}

/** The shim's headers that a unit may see: all of them, or for other sources those that its flags include. */
function headersOf(unit) {
  if (!unit.file.startsWith(shimDirectory)) return unit.flags.filter((flag) => flag.endsWith('.h'));
  return readdirSync(shimDirectory)
    .filter((file) => file.endsWith('.h'))
    .map((file) => join(shimDirectory, file));
}

/** Adds the build record as a custom section, so that the module itself says what it is made of. */
function writeModule(linked, target, version) {
  const code = readFileSync(linked);
  const moduleSha256 = createHash('sha256').update(code).digest('hex');
  const wire = Number(/#define SHIM_WIRE (\d+)/.exec(readFileSync(join(shimDirectory, 'wire.h'), 'utf8'))?.[1]);
  const record = { wire, memoryPages: initialMemoryBytes / 65536, version: { ...version, moduleSha256 } };
  const content = Buffer.concat([lengthPrefixed(Buffer.from('libsolv-wasm')), Buffer.from(JSON.stringify(record))]);
  mkdirSync(distDirectory, { recursive: true });
  writeFileSync(`${target}.part`, Buffer.concat([code, Buffer.from([0]), lengthPrefixed(content)]));
  renameSync(`${target}.part`, target);
  console.error(`libsolv-wasm: ${target} ${code.length} bytes, sha256 ${moduleSha256}`);
}

function lengthPrefixed(bytes) {
  return Buffer.concat([leb128(bytes.length), bytes]);
}

/** WebAssembly's variable-length unsigned integer. */
function leb128(value) {
  const bytes = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}
