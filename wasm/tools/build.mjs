#!/usr/bin/env node
// Builds libsolv.wasm and libsolv-counting.wasm. Does nothing if nothing they are made of changed.
//   node wasm/tools/build.mjs                  the pinned libsolv into wasm/dist; LIBSOLV_VERSION=… for another pinned one, SOURCES_DIR=… for
//                                              archives at hand
//   node wasm/tools/build.mjs --libsolv SPEC   any libsolv (libsolv.mjs says what SPEC may be), by content, into the cache (sources.mjs);
//                                              prints both files as JSON
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideLibsolv } from './libsolv.mjs';
import { buildModules, hashInputs, modulePaths, readRecords } from './module.mjs';
import { BuildError, main } from './run.mjs';
import { cacheDirectory, provideAll, readPins, wasmDirectory } from './sources.mjs';
import { provideEmcc } from './toolchain.mjs';

const distDirectory = join(wasmDirectory, 'dist');

await main(async () => {
  const { libsolv } = parseArguments();
  const compiler = provideEmcc();
  if (libsolv !== undefined) console.log(JSON.stringify(modulePaths(await intoCache(libsolv, compiler))));
  else await intoDist(readPins(), compiler);
});

function parseArguments() {
  try {
    return parseArgs({ options: { libsolv: { type: 'string' } } }).values;
  } catch (error) {
    throw new BuildError(error.message);
  }
}

async function intoDist(pins, compiler) {
  const records = readRecords(distDirectory);
  if (records?.every((record) => isCurrent(record, pins, compiler))) {
    console.error('libsolv-wasm: up to date');
    return;
  }
  const built = await intoCache(pins.libsolv.version, compiler);
  for (const name of ['licenses', ...Object.values(modulePaths('.'))]) {
    const aside = join(distDirectory, `${name}.part`);
    rmSync(aside, { recursive: true, force: true });
    cpSync(join(built, name), aside, { recursive: true });
    rmSync(join(distDirectory, name), { recursive: true, force: true });
    renameSync(aside, join(distDirectory, name));
  }
}

/** Whether the module is of the pinned archives (or of what Debian had instead) and of everything else as it is here. */
function isCurrent({ version: { sources, inputsSha256 } }, pins, compiler) {
  const asPinned = Object.entries(pins).every(([name, pin]) => {
    const source = sources.find((candidate) => candidate.name === name);
    if (source?.pinned === false) return name !== 'libsolv';
    return pin.archives.some(({ sha256 }) => sha256 === source?.sha256);
  });
  return asPinned && hashInputs(sources, compiler) === inputsSha256;
}

/** Both modules of a libsolv, by the content of everything they are made of. Returns their directory. */
async function intoCache(spec, compiler) {
  const { libsolv: _default, ...others } = readPins();
  const sources = [await provideLibsolv(spec), ...(await provideAll(others))];
  const inputs = hashInputs(sources, compiler);
  const [{ version, patches }] = sources;
  const names = patches.map(({ name }) => `+${name}`).join('');
  const directory = join(cacheDirectory, 'modules', `${version}${names}-${inputs.slice(0, 12)}`);
  if (readRecords(directory)?.every((record) => record.version.inputsSha256 === inputs)) return directory;
  mkdirSync(join(directory, '..'), { recursive: true });
  const aside = mkdtempSync(`${directory}.part-`);
  try {
    await buildModules(sources, compiler, inputs, aside);
    takePlace(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return directory;
}

/** Another process may have put the same there in the meantime. */
function takePlace(aside, directory) {
  rmSync(directory, { recursive: true, force: true });
  try {
    renameSync(aside, directory);
  } catch (error) {
    if (readRecords(directory) === null) throw error;
  }
}
