import { z } from 'zod';
import { InputError } from '#errors';
import { parseJson, readInputText } from '#files';

/** What `kmplab worker --costs` writes and `kmplab plan` reads. */
export const jobCostsSchema = z.strictObject({
  format: z.literal('kmplab-job-costs-1'),
  /** The processor that did the jobs, and how many were done beside each other. */
  processor: z.string(),
  beside: z.int().positive(),
  /** From the start of the process until it could take a job. */
  startSeconds: z.number().nonnegative().max(1e6),
  /** How long each job took, by the clock, in the order of their ends. What was found in the cache is not among them. */
  seconds: z.array(z.number().nonnegative().max(1e6)).max(1e6),
});
export type JobCosts = z.infer<typeof jobCostsSchema>;

const limitBytes = 64 << 20;

/** @throws InputError */
export async function readJobCosts(file: string): Promise<JobCosts> {
  const text = await readInputText(file, { limitBytes, expected: 'what "kmplab worker --costs" wrote' });
  const costs = parseJson(text, file, {
    schema: jobCostsSchema,
    what: 'how long jobs took, of format kmplab-job-costs-1',
    hint: 'make it with "kmplab worker --costs"',
  });
  if (costs.seconds.length > 0) return costs;
  throw new InputError('invalid', 'no job was measured', {
    file,
    hint: 'let a worker do some jobs that nobody has done before, with "kmplab sweep --fresh"',
  });
}
