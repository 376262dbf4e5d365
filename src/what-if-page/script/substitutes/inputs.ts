import { type HardwareProfile, parseHardwareProfile } from '#hardware';
import type { hardwareNamed as namedHardware } from '#run';
import { embeddedText } from './embedded.js';

/** For those parts of the lab that the page does not reach. */
export * from '../../../run/inputs.js';

/** src/run/inputs.ts, of the profiles that the page carries. */
export const hardwareNamed: typeof namedHardware = async (name): Promise<HardwareProfile> => {
  const path = `scenarios/hardware/${name}.yaml`;
  return parseHardwareProfile(embeddedText(path), path);
};
