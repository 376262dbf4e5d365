import { z } from 'zod';
import { phases } from '#run-document';
import { metrics } from './metric.js';

/** `better`: less of what costs. `warned`: it would have failed, at level warn. `known`: it would have failed, and is known until a day. */
export const checkStatuses = ['passed', 'better', 'warned', 'known', 'failed', 'unknown'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

const checkSchema = z.strictObject({
  subject: z.string().describe('what was judged: `scenario kernel-update: update everything`'),
  aspect: z.string().describe('which of its values: `counters.rulesTotal`'),
  metric: z.enum(metrics),
  phase: z.enum(phases).nullable(),
  status: z.enum(checkStatuses),
  expected: z.string(),
  found: z.string(),
  change: z
    .number()
    .nullable()
    .describe('what was found beyond what was expected, as a share of it; null where there is none'),
  why: z.string().nullable().describe('why it is known, or what it exceeds'),
  file: z.string().nullable().describe('the scenario file it comes from'),
  rerun: z.string().nullable().describe('the command that runs that scenario alone'),
});
export type GateCheck = z.infer<typeof checkSchema>;

export const gateVerdictSchema = z.strictObject({
  format: z.literal('kmplab/gate-verdict'),
  version: z.literal(2),
  run: z.string(),
  baseline: z.string(),
  status: z
    .enum(['passed', 'failed', 'unknown'])
    .describe(
      'failed when a check failed; unknown when none did but something could not be judged; only otherwise passed',
    ),
  checks: z.array(checkSchema),
  notes: z.array(z.string()).describe('what a reader should know before trusting the comparison'),
});
export type GateVerdict = z.infer<typeof gateVerdictSchema>;
export type VerdictStatus = GateVerdict['status'];

/** The verdict as JSON Schema. */
export function gateVerdictJsonSchema(): object {
  return { title: 'kmplab gate verdict', ...z.toJSONSchema(gateVerdictSchema) };
}
