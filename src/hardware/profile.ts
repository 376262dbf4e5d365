import { z } from 'zod';

/** One thing that the kernel found and looks for a driver for: a line of a `modalias` file in sysfs. */
export interface Device {
  readonly name: string;
  /** What a user would miss: `network`, `storage`, `graphics`; see `deviceClasses`. */
  readonly class: string;
  /** As the kernel prints it: `pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00`. */
  readonly modalias: string;
}

export interface ProfileDevice extends Device {
  /**
   * The kernel modules whose aliases match, sorted by name: what a distribution's kernel is known to load for it. Empty where none is
   * needed; absent where nobody knows, as for what was captured from a machine that has no driver bound to it.
   */
  readonly drivers?: readonly string[];
}

/** What must work before the root file system is mounted, and so what an initrd of this machine must hold. */
export interface RootNeeds {
  /** The devices on the way to the disk, by their names here. */
  readonly devices: readonly string[];
  /** Kernel modules by name or alias, as modprobe takes them: `ext4`, `crypto-crc32c`. */
  readonly kernelModules: readonly string[];
}

/** A machine, as far as packages and drivers care. */
export interface HardwareProfile {
  readonly name: string;
  readonly description: string;
  /** Names are unique: scenarios swap devices by name. */
  readonly devices: readonly ProfileDevice[];
  /** Absent where nobody knows, as for what was captured. */
  readonly root?: RootNeeds;
}

const deviceClasses = ['network', 'storage', 'graphics', 'sound', 'input', 'usb', 'bridge', 'other'] as const;
export type DeviceClass = (typeof deviceClasses)[number];

const deviceSchema = z.strictObject({
  name: z.string().min(1),
  class: z.enum(deviceClasses),
  // Platform devices may have names with spaces: `platform:Fixed MDIO bus`.
  modalias: z.string().regex(/^[\x20-\x7e]*[\x21-\x7e]$/, 'a modalias is printable ASCII'),
  drivers: z.array(z.string().min(1)).exactOptional(),
});

export const profileSchema = z
  .strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    root: z
      .strictObject({ devices: z.array(z.string().min(1)), kernelModules: z.array(z.string().min(1)) })
      .exactOptional(),
    devices: z.array(deviceSchema).min(1),
  })
  .superRefine(({ devices, root }, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of devices.entries()) {
      if (seen.has(name))
        context.addIssue({ code: 'custom', path: ['devices', index, 'name'], message: `a second device "${name}"` });
      seen.add(name);
    }
    for (const [index, name] of (root?.devices ?? []).entries()) {
      if (!seen.has(name))
        context.addIssue({ code: 'custom', path: ['root', 'devices', index], message: `no device "${name}" here` });
    }
  });
