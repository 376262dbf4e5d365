import { z } from 'zod';

/** Where and with what a run was made. Two runs compare in time only when these are equal. */
export const environmentSchema = z.strictObject({
  node: z.string(),
  v8: z.string(),
  platform: z.string(),
  cpu: z.string(),
  cores: z.int().positive(),
  memoryBytes: z.number().nonnegative(),
  kmplab: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
  libsolv: z.strictObject({
    version: z.string(),
    /** Experiments on libsolv that are in the module, in the order they were applied; none in the lab's own. */
    patches: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
    build: z.enum(['release', 'counting']),
    emcc: z.string(),
    /** SHA-256 of the WebAssembly module that ran. */
    moduleSha256: z.string(),
    /** What it was compiled from. */
    sources: z.array(
      z.strictObject({
        name: z.string(),
        version: z.string(),
        /** SHA-256 of the archive, or of the files of a source directory. */
        sha256: z.string(),
        /** SHA-256 of the files that were compiled, patches included. */
        treeSha256: z.string(),
        /** Whether it is the archive that the lab names: not a source directory, and not a later version that Debian carries. */
        pinned: z.boolean(),
      }),
    ),
  }),
});
export type Environment = z.infer<typeof environmentSchema>;
