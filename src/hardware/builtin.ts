import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '#errors';
import { listFilesSorted } from '#files';
import type { HardwareProfile } from './profile.js';
import { readHardwareProfile } from './read.js';

const suffix = '.yaml';

/** The architecture of the machines that every kernel of the successive ones is tried on; others have a folder of their name. */
const usual = 'x86_64';

/** Where the profiles that come with the project lie: seen alike from the sources and from the compiled files. */
function dataDirectory(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../../scenarios/hardware');
}

interface ReadyFile {
  readonly name: string;
  readonly arch: string;
  readonly path: string;
}

async function readyFiles(): Promise<ReadyFile[]> {
  const files = await listFilesSorted(dataDirectory());
  return files.flatMap((file) => {
    if (!file.endsWith(suffix)) return [];
    const [name = '', arch = usual] = file.slice(0, -suffix.length).split('/').reverse();
    return [{ name, arch, path: join(dataDirectory(), file) }];
  });
}

/** Names of the profiles that come with the project for machines of one architecture, sorted. */
export async function builtinHardware(arch: string = usual): Promise<string[]> {
  return (await readyFiles()).filter((file) => file.arch === arch).map(({ name }) => name);
}

/** The same of every architecture. */
export async function allBuiltinHardware(): Promise<string[]> {
  return (await readyFiles()).map(({ name }) => name).sort();
}

/** @throws InputError `missing` with the names that exist */
export async function loadBuiltinHardware(name: string): Promise<HardwareProfile> {
  const file = (await readyFiles()).find((readyFile) => readyFile.name === name);
  if (file !== undefined) return readHardwareProfile(file.path);
  throw new InputError('missing', `there is no ready hardware profile ${name}`, {
    expected: `one of ${(await allBuiltinHardware()).join(', ')}`,
  });
}
