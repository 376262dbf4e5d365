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
    build: z.enum(['release', 'counting']),
    emcc: z.string(),
    /** SHA-256 of the WebAssembly module that ran. */
    moduleSha256: z.string(),
    /** Each source archive. */
    sources: z.array(z.strictObject({ name: z.string(), version: z.string(), sha256: z.string() })),
  }),
});
export type Environment = z.infer<typeof environmentSchema>;
