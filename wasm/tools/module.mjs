// What a module is made of and how: both builds of one libsolv, in one directory.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { compileAll } from './objects.mjs';
import { run } from './run.mjs';
import { buildDirectory, cacheDirectory, wasmDirectory } from './sources.mjs';
import { emccEnvironment } from './toolchain.mjs';
import { generateHeaders, moduleUnits } from './units.mjs';

const shimDirectory = join(wasmDirectory, 'shim');

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
/** The custom section that says what a module is made of; src/module.ts reads it. */
const recordSection = 'libsolv-wasm';
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

/** Both modules, in `target`, of these sources; `libsolv` is one of them, with its label and patches. */
export async function buildModules(sources, compiler, inputs, target) {
  const trees = Object.fromEntries(sources.map(({ name, directory }) => [name, directory]));
  const libsolv = sources.find(({ name }) => name === 'libsolv');
  const facts = {
    libsolv: libsolv.version,
    patches: libsolv.patches,
    sources: sources.map(({ name, version, sha256, treeSha256, pinned }) => ({
      name,
      version,
      sha256,
      treeSha256,
      pinned,
    })),
    compiler,
    inputsSha256: inputs,
  };
  mkdirSync(target, { recursive: true });
  for (const [name, build] of Object.entries(builds)) {
    console.error(`libsolv-wasm: compiling the ${name} build of libsolv ${libsolv.label}`);
    await buildModule(name, build, trees, facts, target);
  }
  copyLicences(trees, join(target, 'licenses'));
}

/** Of everything that ends up in the module, emscripten's C library (musl) included. */
function copyLicences(trees, directory) {
  const musl =
    ['EMSCRIPTEN', 'EMSCRIPTEN_ROOT'].map((name) => process.env[name]).find(Boolean) ?? '/usr/share/emscripten';
  const files = {
    'libsolv.txt': join(trees.libsolv, 'LICENSE.BSD'),
    'expat.txt': join(trees.expat, 'COPYING'),
    'zlib.txt': join(trees.zlib, 'LICENSE'),
    'zstd.txt': join(trees.zstd, 'LICENSE'),
    'musl.txt': join(musl, 'system', 'lib', 'libc', 'musl', 'COPYRIGHT'),
  };
  mkdirSync(directory, { recursive: true });
  for (const [name, file] of Object.entries(files)) {
    if (existsSync(file)) copyFileSync(file, join(directory, name));
    else console.error(`libsolv-wasm: no licence text at ${file}`);
  }
}

/** Over everything that decides the output: what was unpacked and patched, the shim, how it is compiled, and by what. */
export function hashInputs(sources, compiler) {
  const hash = createHash('sha256');
  const add = (text) => hash.update(`${text.length}:`).update(text);
  for (const { name, treeSha256 } of sources) add(`${name} ${treeSha256}`);
  add(compiler);
  for (const directory of [shimDirectory, join(wasmDirectory, 'tools')]) {
    for (const file of readdirSync(directory).sort()) {
      if (directory !== shimDirectory && !['module.mjs', 'units.mjs'].includes(file)) continue;
      add(file);
      add(readFileSync(join(directory, file), 'utf8'));
    }
  }
  return hash.digest('hex');
}

/** The facts inside each module of a directory; null where one of them is missing or carries none. */
export function readRecords(directory) {
  const records = Object.values(builds).map(({ file }) => readRecord(join(directory, file)));
  return records.some((record) => record === null) ? null : records;
}

function readRecord(file) {
  if (!existsSync(file)) return null;
  try {
    const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(file)), recordSection);
    return section === undefined ? null : JSON.parse(new TextDecoder().decode(section));
  } catch {
    return null;
  }
}

export function modulePaths(directory) {
  return Object.fromEntries(Object.entries(builds).map(([name, { file }]) => [name, join(directory, file)]));
}

async function buildModule(name, build, trees, facts, target) {
  const generated = generateHeaders(trees.libsolv, join(buildDirectory, `generated-${facts.libsolv}`));
  const units = moduleUnits(trees, generated, shimDirectory);
  Object.assign(process.env, emccEnvironment);
  const objects = await compileAll({
    compiler: facts.compiler,
    command: 'emcc',
    units,
    flags: [...compileFlags, ...build.compile],
    roots: { ...trees, generated, shim: shimDirectory },
    directory: join(cacheDirectory, 'objects', name),
  });
  const linked = join(target, `linked-${process.pid}.wasm`);
  run('emcc', [...linkFlags, ...build.link, `-sINITIAL_MEMORY=${initialMemoryBytes}`, '-o', linked, ...objects]);
  writeModule(linked, join(target, build.file), { build: name, ...facts });
  rmSync(linked);
}

/** Adds the build record as a custom section, so that the module itself says what it is made of. */
function writeModule(linked, target, version) {
  const code = readFileSync(linked);
  const moduleSha256 = createHash('sha256').update(code).digest('hex');
  const wire = Number(/#define SHIM_WIRE (\d+)/.exec(readFileSync(join(shimDirectory, 'wire.h'), 'utf8'))?.[1]);
  const record = { wire, memoryPages: initialMemoryBytes / 65536, version: { ...version, moduleSha256 } };
  const content = Buffer.concat([lengthPrefixed(Buffer.from(recordSection)), Buffer.from(JSON.stringify(record))]);
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
