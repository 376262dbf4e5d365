import { z } from 'zod';
import { sha256Hex } from '#files';

/** A unit of work that depends on nothing but its input: any thread, process or machine of the same lab comes to the same result. */
export interface Job {
  /** What kind of work, by the name of a task. */
  readonly kind: string;
  /** Plain values, as JSON can carry them. */
  readonly input: unknown;
}

/** What a job's result is known by: a hash of the work, and of the lab that does it. */
export const jobKeySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'JobKey'>();
export type JobKey = z.infer<typeof jobKeySchema>;

/** The same work by another lab, another libsolv, another version of the code, is another job. */
export function jobKey(identity: string, { kind, input }: Job): JobKey {
  return jobKeySchema.parse(sha256Hex(JSON.stringify([identity, kind, input])));
}
