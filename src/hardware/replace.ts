import { InputError } from '#errors';
import type { Device } from './profile.js';

/**
 * A machine with one device swapped for another, at the same place in the list.
 *
 * @throws InputError `missing` where no device has that name, `invalid` where the new one's name is taken by a third
 */
export function replaceDevice(devices: readonly Device[], name: string, device: Device): Device[] {
  if (!devices.some((present) => present.name === name)) {
    throw new InputError('missing', `this machine has no device "${name}"`, {
      expected: `one of ${devices.map((present) => present.name).join(', ')}`,
    });
  }
  if (devices.some((present) => present.name === device.name && present.name !== name)) {
    throw new InputError('invalid', `this machine already has a device "${device.name}"`, {
      hint: 'give the new one another name',
    });
  }
  return devices.map((present) => (present.name === name ? device : present));
}
