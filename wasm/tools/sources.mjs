// Where the C sources come from. The pinned archive, told by its hash, in this order: a directory the user names (SOURCES_DIR), the download
// cache, Debian's source packages, the project's own release archive. Only where none of them has it: what Debian carries now, as apt
// verified it. Never so for libsolv itself.
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchFromDebian } from './debian.mjs';
import { BuildError, run } from './run.mjs';

export const wasmDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
export const buildDirectory = join(wasmDirectory, 'build');

/**
 * Where objects and modules are kept by their content, for every checkout of this user: two commits, or two versions of libsolv, compile
 * only what differs. KMPLAB_CACHE names another place; where neither can be written, it is this checkout's own.
 */
export const cacheDirectory = writable([
  process.env.KMPLAB_CACHE,
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kmplab'),
  buildDirectory,
]);

function writable(directories) {
  return directories.filter(Boolean).find((directory, index, all) => {
    try {
      mkdirSync(directory, { recursive: true });
      accessSync(directory, constants.W_OK);
      return true;
    } catch {
      return index === all.length - 1;
    }
  });
}

/** Where archives come from and go to. Tests have their own, so that they need no network. */
const machine = {
  user: process.env.SOURCES_DIR,
  cache: process.env.CACHE_DIR ?? join(dirname(wasmDirectory), '.cache', 'sources'),
  unpacked: join(buildDirectory, 'src'),
  fromDebian: fetchFromDebian,
  fetch,
};

/** The pins, with another libsolv version put in where one is asked for. */
export function readPins(libsolvVersion = process.env.LIBSOLV_VERSION) {
  const pins = JSON.parse(readFileSync(join(wasmDirectory, 'versions.json'), 'utf8'));
  const { others, ...libsolv } = pins.libsolv;
  if (!libsolvVersion || libsolvVersion === libsolv.version) return { ...pins, libsolv };
  const other = others[libsolvVersion];
  if (other === undefined) {
    throw new BuildError(
      `libsolv ${libsolvVersion} is not pinned in wasm/versions.json; known: ${[libsolv.version, ...Object.keys(others)].join(', ')}`,
    );
  }
  return { ...pins, libsolv: { version: libsolvVersion, ...other } };
}

/** What of each tree is compiled, or read to compile it. */
const compiled = {
  libsolv: ['src', 'ext', 'VERSION.cmake'],
  expat: ['expat/lib'],
  zlib: ['.'],
  zstd: ['lib'],
};

/**
 * Makes sure the unpacked tree of a source is there. Returns its directory, version, the hash of the archive and of what was unpacked from
 * it, and whether it is what the pin names; not where it came from, so that the same sources make the same module. `strict`: refuse
 * anything but the pin.
 */
export async function provide(name, pin, { strict, places = machine }) {
  const archive = await findArchive(name, pin, { strict, places });
  const directory = join(places.unpacked, `${name}-${archive.version}-${archive.sha256.slice(0, 12)}`);
  if (!existsSync(directory)) unpack(archive.path, directory);
  return {
    name,
    directory,
    version: archive.version,
    sha256: archive.sha256,
    treeSha256: hashTree(name, directory),
    pinned: archive.pinned,
  };
}

/** All sources of a build by name, libsolv among them, and never another libsolv than the pinned one. */
export async function provideAll(pins) {
  const sources = [];
  for (const [name, pin] of Object.entries(pins))
    sources.push(await provide(name, pin, { strict: name === 'libsolv' }));
  return sources;
}

/** Of the names and bytes of all that decides what a tree compiles to. */
export function hashTree(name, directory) {
  const hash = createHash('sha256');
  for (const part of compiled[name]) {
    for (const file of filesBelow(directory, part)) {
      const bytes = readFileSync(join(directory, file));
      hash.update(`${file}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

function filesBelow(directory, part) {
  const path = join(directory, part);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [part];
  // Of zlib's top directory only what lies in it: examples and other systems' files are below.
  return readdirSync(path, { recursive: part !== '.' })
    .map((file) => join(part, file))
    .filter((file) => statSync(join(directory, file)).isFile())
    .sort();
}

async function findArchive(name, pin, { strict, places }) {
  const tried = [];
  const current = { archive: null };
  for (const [origin, find] of origins(name, pin, places, current)) {
    try {
      const found = await find();
      if (found !== null) return found;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      tried.push(`  ${origin}: ${error.message}`);
      console.error(`libsolv-wasm: ${name} from ${origin}: ${error.message}`);
    }
  }
  if (current.archive !== null && !strict) {
    console.error(
      `libsolv-wasm: ${name} ${pin.version} is nowhere to be had; taking ${current.archive.version}, which Debian carries now and apt verified`,
    );
    return current.archive;
  }
  throw new BuildError(
    [
      `no source archive for ${name} ${pin.version}:`,
      ...tried,
      `  To do: put one of ${pin.archives.map((archive) => archive.name).join(', ')} into a directory and name it by SOURCES_DIR.`,
    ].join('\n'),
  );
}

function origins(name, pin, places, current) {
  const { user, cache } = places;
  return [
    ...(user ? [['the directory named by SOURCES_DIR', () => findPinned(user, pin)]] : []),
    ['the download cache', () => findPinned(cache, pin)],
    ["Debian's source packages", () => takeFromDebian(name, pin, places, current)],
    [pin.upstream, () => fetchUpstream(pin, places)],
  ];
}

function findPinned(directory, pin) {
  for (const { name, sha256 } of pin.archives) {
    const path = join(directory, name);
    if (!existsSync(path)) continue;
    const actual = hashFile(path);
    if (actual !== sha256) throw new BuildError(`${path} has sha256 ${actual}, pinned is ${sha256}`);
    return { path, version: pin.version, sha256, pinned: true };
  }
  return null;
}

/** The pinned archive, or an error; another one that Debian carries now is left in `current`, for when there is no other way. */
function takeFromDebian(name, pin, { cache, fromDebian }, current) {
  mkdirSync(cache, { recursive: true });
  const incoming = mkdtempSync(join(cache, 'incoming-'));
  try {
    console.error(`libsolv-wasm: fetching ${name} from Debian ${pin.debian.suites.join(', ')}`);
    const file = fromDebian(pin.debian, incoming);
    if (file === null) return null;
    const sha256 = hashFile(join(incoming, file));
    const pinned = pin.archives.some((archive) => archive.sha256 === sha256);
    const version = pinned ? pin.version : debianVersion(file);
    const path = join(cache, file);
    const archive = { path, version, sha256, pinned };
    // The pinned version in other bytes is no later version: something is wrong.
    if (pinned || version !== pin.version) renameSync(join(incoming, file), path);
    if (pinned) return archive;
    if (version !== pin.version) current.archive = archive;
    throw new BuildError(`Debian now carries ${file} with sha256 ${sha256}, which is not the pinned ${pin.version}`);
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

/** `zlib_1.3.dfsg+really1.3.1.orig.tar.gz` is 1.3.1. */
function debianVersion(file) {
  const version = /_(.+)\.orig\.tar/.exec(file)?.[1] ?? 'unknown';
  return version.replace(/^.*really/, '').replace(/[+~.]dfsg.*$/, '');
}

async function fetchUpstream(pin, places) {
  const response = await places.fetch(pin.upstream).catch((cause) => {
    throw new BuildError(`cannot be fetched: ${cause.cause?.message ?? cause.message}`);
  });
  if (!response.ok) throw new BuildError(`HTTP status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const archive = pin.archives.find((candidate) => candidate.sha256 === sha256);
  if (archive === undefined) throw new BuildError(`sha256 is ${sha256}, which is not pinned`);
  mkdirSync(places.cache, { recursive: true });
  const path = join(places.cache, archive.name);
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
  return { path, version: pin.version, sha256, pinned: true };
}

export function hashFile(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Unpacks aside and renames, so that a tree that is there is whole. */
function unpack(archive, directory) {
  const aside = `${directory}.part`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  run('tar', ['-xf', archive, '-C', aside, '--strip-components=1']);
  renameSync(aside, directory);
}
