import { z } from 'zod';

const names = z.array(z.string().min(1));

/** How the machine's initrds come about: dracut's configuration, or somebody else's initrd. */
export const initrdSchema = z.strictObject({
  hostOnly: z
    .boolean()
    .default(true)
    .describe("dracut's `hostonly`: only what this machine needs, as SUSE sets it; false is a generic initrd"),
  network: z.boolean().default(false).describe('with drivers of network cards, dracut’s `kernel-network-modules`'),
  drivers: names.default([]).describe("dracut's `add_drivers`, or SUSE's `INITRD_MODULES`, where they are installed"),
  requires: z
    .record(z.string().min(1), names)
    .default({})
    .describe("SUSE's `# SUSE INITRD: a REQUIRES b` in modprobe.d: what each kernel module takes along, by its name"),
  suppliedBy: z
    .string()
    .optional()
    .describe('made elsewhere, of all kernel modules of this repository, and never made on the machine'),
});
export type InitrdSpec = z.infer<typeof initrdSchema>;
