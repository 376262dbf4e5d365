#!/usr/bin/env node
// Builds libsolv.wasm and libsolv-counting.wasm. Does nothing if nothing they are made of changed.
//   node wasm/tools/build.mjs                  the pinned libsolv into wasm/dist; LIBSOLV_VERSION=… for another pinned one, SOURCES_DIR=… for
//                                              archives at hand
//   node wasm/tools/build.mjs --libsolv SPEC   any libsolv (libsolv.mjs says what SPEC may be), by content, into the cache (sources.mjs);
//                                              prints both files as JSON
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { intoCache } from './cached.mjs';
import { hashInputs, modulePaths, readRecords } from './module.mjs';
import { BuildError, main } from './run.mjs';
import { readPins, wasmDirectory } from './sources.mjs';
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
