import { stringify } from 'yaml';
import { parseYaml, readInputText, writeFileAtomic } from '#files';
import { type HardwareProfile, profileSchema } from './profile.js';

/** A captured server has a few hundred devices; this is a thousand times more. */
const limitBytes = 16 * 1024 ** 2;

/** @throws InputError as `readInputText` and `parseYaml` do, with file, line and column */
export async function readHardwareProfile(file: string): Promise<HardwareProfile> {
  const expected = 'a hardware profile, as "kmplab hardware capture" writes it';
  return parseHardwareProfile(await readInputText(file, { limitBytes, expected }), file);
}

export function parseHardwareProfile(text: string, file: string): HardwareProfile {
  return parseYaml(text, file, {
    schema: profileSchema,
    what: 'a hardware profile',
    hint: 'see scenarios/hardware/ for profiles that are right',
  });
}

/** As YAML, one device after the other in the order given. */
export function hardwareProfileText({ name, description, root, devices }: HardwareProfile): string {
  return stringify({ name, description, ...(root === undefined ? {} : { root }), devices }, { lineWidth: 0 });
}

export async function writeHardwareProfile(profile: HardwareProfile, file: string): Promise<void> {
  await writeFileAtomic(file, hardwareProfileText(profile));
}
