import { z } from 'zod';

const deviceState = z.enum(['driven', 'refused', 'notInstalled', 'noDriver']);
const count = z.int().nonnegative().optional();
const rootState = z.enum(['mounted', 'notMounted']).optional();

/** What is expected of one kernel's kernel modules. */
const kernelAudit = z.strictObject({
  loadable: count,
  refused: count.describe('kernel modules it sees and does not load'),
  refusals: z
    .strictObject({ unsupported: count, signature: count, vermagic: count, symbols: count })
    .optional()
    .describe('the refused ones by what stops them'),
  weakUpdates: count.describe('kernel modules it sees through weak-updates'),
  shadowed: count.describe("files that another one of the same name hides, by depmod's search order"),
  taints: z
    .strictObject({ proprietary: count, outOfTree: count, unsigned: count, unsupported: count, externalSupport: count })
    .optional()
    .describe('loadable kernel modules that would taint it'),
  root: rootState.describe(
    'whether everything is there to mount the root file system, where the hardware profile has `root`',
  ),
  devices: z
    .record(z.string(), deviceState)
    .optional()
    .describe('state of every device of a class (`network`), or of one device by its name'),
});
export type KernelAuditExpectation = z.infer<typeof kernelAudit>;

const names = z.array(z.string().min(1));

/** What a step must lead to; each key that is given is checked, and each was first seen in libsolv's or zypper's own behaviour. */
export const expectationSchema = z.strictObject({
  status: z.enum(['solved', 'unsolvable']).optional(),
  transaction: z
    .strictObject({
      installs: names.optional().describe('names (or NEVRAs) that must be installed or upgraded to'),
      doesNotInstall: names.optional(),
      erases: names.optional(),
      doesNotErase: names.optional(),
      steps: z.int().nonnegative().optional().describe('exact number of steps'),
    })
    .optional(),
  problems: z
    .strictObject({
      types: names.optional().describe("libsolv's rule types that must occur"),
      mention: names.optional().describe('texts that must occur in a dependency or package of a problem'),
    })
    .optional(),
  audit: kernelAudit
    .extend({
      nextBoot: z.string().optional().describe('release of the kernel that the next boot takes'),
      kernels: z.record(z.string(), kernelAudit).optional().describe('the same for installed kernels by release'),
    })
    .optional()
    .describe('of the kernel of the next boot'),
  violations: z.int().nonnegative().optional().describe('what the independent verifier finds wrong; 0 unless given'),
  solvablesMin: z.int().positive().optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;
