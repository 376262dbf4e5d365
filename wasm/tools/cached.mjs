// Modules of any libsolv, kept by the content of everything they are made of.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { provideLibsolv } from './libsolv.mjs';
import { buildModules, hashInputs, modulePaths, readRecords } from './module.mjs';
import { cacheDirectory, provideAll, readPins } from './sources.mjs';
import { provideEmcc } from './toolchain.mjs';

/** What `load()` is told to take the release build of this libsolv; without one, that of the package. */
export async function moduleOf(spec) {
  if (spec === undefined) return {};
  return { module: pathToFileURL(modulePaths(await intoCache(spec, provideEmcc())).release) };
}

/** Both modules of the libsolv that `spec` names (libsolv.mjs). Returns their directory. */
export async function intoCache(spec, compiler) {
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
