import { lstat, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '#errors';
import { asInputError, compressionOf, decodeUtf8, decompress, readInputFile } from '#files';
import { classOfModalias } from './device-class.js';
import type { HardwareProfile, ProfileDevice } from './profile.js';
import { type SeenDevice, seenInTar } from './sysfs-tar.js';
import { isUdevDatabase, seenInUdevDatabase } from './udev.js';

/** A database of udev of a large server has about 20 MB, an archive of its sysfs about as much. */
const limitBytes = 512 * 1024 ** 2;

/**
 * The devices of a machine, from what there is of it: a mounted sysfs (usually `/sys`), a tar archive of one, packed or not, or what
 * `udevadm info --export-db` printed.
 *
 * @throws InputError `missing`, `unsupported`, or `invalid` where no device was found
 */
export async function captureHardware(source: string, name: string): Promise<HardwareProfile> {
  const isDirectory = await stat(source).then(
    (about) => about.isDirectory(),
    (error: unknown) =>
      Promise.reject(asInputError(error, source, 'a mounted sysfs, an archive of one, or a udev database')),
  );
  return profileOf(isDirectory ? await seenInSysfs(source) : await seenInFile(source), name, source);
}

async function seenInFile(file: string): Promise<SeenDevice[]> {
  const packed = await readInputFile(file, { limitBytes });
  const bytes = await decompress(packed, { file, limitBytes });
  if (isUdevDatabase(bytes)) return seenInUdevDatabase(decodeUtf8(bytes, file));
  // ustar(5): the magic is at offset 257.
  if (Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar') return seenInTar(bytes, file);
  throw new InputError(
    'unsupported',
    `this is neither an archive of a sysfs nor a udev database (${compressionOf(packed)})`,
    {
      file,
      hint: 'make one with: tar -cf sysfs.tar /sys/devices, or: udevadm info --export-db > udev.txt',
    },
  );
}

/**
 * Every `modalias` below `devices`. Real directories only, so that the many links of sysfs lead neither round in circles nor out of it.
 * Files that may not be read, or vanish with their device, are skipped.
 */
async function seenInSysfs(sysfs: string): Promise<SeenDevice[]> {
  const root = join(sysfs, 'devices');
  try {
    await lstat(root);
  } catch (error) {
    throw asInputError(error, root, 'a mounted sysfs');
  }
  const seen: SeenDevice[] = [];
  await walk(root, '', seen);
  return seen;
}

async function walk(root: string, below: string, seen: SeenDevice[]): Promise<void> {
  const directory = join(root, below);
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, seen);
    if (entry.name !== 'modalias' || !entry.isFile()) continue;
    const modalias = (await readFile(join(root, path), 'utf8').catch(() => '')).trim();
    const driver = await readlink(join(directory, 'driver/module')).then(basename, () => undefined);
    if (modalias !== '') seen.push({ path: below, modalias, driver });
  }
}

/** One device for each different modalias, named by the first path that has it: packages see no more than that. */
function profileOf(seen: readonly SeenDevice[], name: string, source: string): HardwareProfile {
  const devices = new Map<string, ProfileDevice>();
  for (const { path, modalias, driver } of seen.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    // What is not plain text is no modalias that a kernel printed.
    if (devices.has(modalias) || !/^[\x20-\x7e]+$/.test(modalias)) continue;
    const drivers = driver === undefined ? {} : { drivers: [driver] };
    devices.set(modalias, { name: path, class: classOfModalias(modalias), modalias, ...drivers });
  }
  if (devices.size === 0) throw new InputError('invalid', 'no device with a modalias was found', { file: source });
  const description = `Captured: ${seen.length} devices, ${devices.size} different modaliases.`;
  return { name, description, devices: [...devices.values()] };
}
