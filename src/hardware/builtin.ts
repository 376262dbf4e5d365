import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '#errors';
import { listFilesSorted } from '#files';
import type { HardwareProfile } from './profile.js';
import { readHardwareProfile } from './read.js';

const suffix = '.yaml';

/** Where the profiles that come with the project lie: seen alike from the sources and from the compiled files. */
function dataDirectory(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../../scenarios/hardware');
}

/** Names of the profiles that come with the project, sorted. */
export async function builtinHardware(): Promise<string[]> {
  const files = await listFilesSorted(dataDirectory());
  return files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
}

/** @throws InputError `missing` with the names that exist */
export async function loadBuiltinHardware(name: string): Promise<HardwareProfile> {
  const known = await builtinHardware();
  if (!known.includes(name)) {
    throw new InputError('missing', `there is no ready hardware profile ${name}`, {
      expected: `one of ${known.join(', ')}`,
    });
  }
  return readHardwareProfile(join(dataDirectory(), name + suffix));
}
