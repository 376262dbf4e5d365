import { z } from 'zod';
import { parseYaml, readInputText } from '#files';
import { phases } from '#run-document';
import { amountSchema, toleranceSchema } from './amount.js';
import { metrics, tolerated } from './metric.js';

const levelSchema = z.enum(['off', 'warn', 'error']).describe('off: not judged; warn: said, and passes; error: fails');

/** Which values: all that match every key that is given. */
const whereShape = {
  scenario: z.string().optional().describe('scenarios by their names, with * and ?'),
  subject: z.string().optional().describe('anything by its subject, with * and **, as in "growth kernelModules *"'),
  phase: z.enum(phases).optional().describe('a phase of a solve'),
  metric: z.enum(metrics).optional().describe('a kind of value'),
};

const ruleSchema = z
  .strictObject({ ...whereShape, level: levelSchema.optional(), tolerance: toleranceSchema.optional() })
  .describe('values that are judged otherwise; of several rules that match, later ones win');

const budgetSchema = z
  .strictObject({
    ...whereShape,
    metric: z.enum(tolerated).describe('what is bounded'),
    most: amountSchema,
    level: levelSchema.default('error'),
  })
  .describe('an absolute bound, whatever the baseline has');

const dateSchema = z.iso.date();

const knownSchema = z
  .strictObject({
    ...whereShape,
    aspect: z.string().optional().describe('one value by its path, with * and **'),
    until: dateSchema.describe('the last day on which it does not fail'),
    reason: z.string().min(1).describe('why it is known and not mended yet'),
  })
  .describe('a finding that does not fail until a day');

export const gateFileSchema = z.strictObject({
  $schema: z.string().optional(),
  baseline: z.string().optional().describe('the baseline, relative to this file'),
  tolerances: z
    .partialRecord(z.enum(tolerated), toleranceSchema)
    .default({})
    .describe('how much more than the baseline passes everywhere; less always does. Nothing unless said'),
  rules: z.array(ruleSchema).default([]).describe('exceptions'),
  budgets: z.array(budgetSchema).default([]).describe('absolute bounds'),
  growth: z
    .strictObject({
      level: levelSchema.default('error'),
      most: z
        .record(z.string(), z.number())
        .default({})
        .describe(
          'the greatest exponent of a series and a measure, with *: "kernelModules work.order": 1.8, "* rulesTotal": 1.2',
        ),
    })
    .prefault({})
    .describe("exponents: worse where the whole interval lies above the baseline's"),
  time: z
    .strictObject({
      level: levelSchema.default('off'),
      margin: z
        .string()
        .regex(/^\d+(\.\d+)? ?%$/, { error: 'is no share, as "3 %"' })
        .default('3 %')
        .describe('a ratio so close to one is the same'),
      pairs: z.int().min(5).default(8).describe('pairs of samples of each phase'),
      scenarios: z.array(z.string()).default([]).describe('files to take time on; none: all of the run'),
    })
    .prefault({})
    .describe("time of each phase, in turns with the baseline's own module and commit on this machine"),
  known: z.array(knownSchema).default([]).describe('known findings'),
});
export type GateFile = z.infer<typeof gateFileSchema>;
export type Level = z.infer<typeof levelSchema>;
export type Where = z.infer<z.ZodObject<typeof whereShape>>;

/** Reads and checks a `kmplab-gate.yaml`. @throws InputError with line and column */
export async function readGateFile(file: string): Promise<GateFile> {
  const what = 'the settings of a gate (docs/ci.md)';
  const text = await readInputText(file, { limitBytes: 1 << 20, expected: what });
  return parseYaml(text === '' ? '{}' : text, file, { schema: gateFileSchema, what, hint: 'see docs/ci.md' });
}

/** For editors. */
export function gateFileJsonSchema(): object {
  return { title: 'kmplab gate', ...z.toJSONSchema(gateFileSchema, { io: 'input' }) };
}

/** What a gate without a file does: everything exact, less of what costs passes, no time. */
export const strictGate: GateFile = gateFileSchema.parse({});
