import { z } from 'zod';

const deviceState = z.enum(['driven', 'refused', 'notInstalled', 'noDriver']);
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
  audit: z
    .strictObject({
      nextBoot: z.string().optional().describe('release of the kernel that the next boot takes'),
      devices: z
        .record(z.string(), deviceState)
        .optional()
        .describe(
          'state, under the kernel of the next boot, of every device of a class (`network`), or of one device by its name',
        ),
      refused: z.int().nonnegative().optional().describe('kernel modules refused by the kernel of the next boot'),
      loadable: z.int().nonnegative().optional(),
    })
    .optional(),
  violations: z.int().nonnegative().optional().describe('what the independent verifier finds wrong; 0 unless given'),
  solvablesMin: z.int().positive().optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;
