import { z } from 'zod';
import { InputError } from '#errors';
import { parseJson, readInputText } from '#files';
import { type JobKey, jobKeySchema } from './job.js';
import type { Results } from './results.js';

/** One part of `of`, counted from 1. */
export interface ShardNumber {
  readonly index: number;
  readonly of: number;
}

/** Beyond, a mistyped number is likelier than that many machines. */
const shardsMax = 10_000;

/** `2/8`. @throws InputError `usage` */
export function parseShard(text: string): ShardNumber {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of && of <= shardsMax) return { index, of };
  throw new InputError('usage', `"${text}" is no part of a whole`, {
    expected: `i/n with i from 1 to n, and n at most ${shardsMax}`,
    hint: 'the second of eight is 2/8',
  });
}

/** Whether a job belongs to a part: in turns, so that neighbours of a list, which cost alike, are spread. */
export function inShard(position: number, { index, of }: ShardNumber): boolean {
  return position % of === index - 1;
}

const shardSchema = z.strictObject({
  format: z.literal('kmplab/shard'),
  version: z.literal(1),
  /** Of the lab that did the work. */
  identity: z.string(),
  /** The list of jobs, as the user wrote it. */
  sweep: z.strictObject({ name: z.string().min(1), text: z.string() }),
  shard: z.strictObject({ index: z.int().positive(), of: z.int().positive() }),
  results: z.record(jobKeySchema, z.unknown()),
});
/** The results of one part of a list of jobs. */
export type Shard = z.infer<typeof shardSchema>;

const limitBytes = 512 << 20;
const document = {
  schema: shardSchema,
  what: 'a part of a sweep',
  hint: 'make it with "kmplab sweep FILE --shard i/n"',
};

/** @throws InputError */
export async function readShard(file: string): Promise<Shard> {
  return parseJson(await readInputText(file, { limitBytes, expected: document.what }), file, document);
}

/**
 * The results of parts together, to be found again.
 *
 * @throws InputError where parts are of different lists or labs, or two of them contradict each other
 */
export function mergedShards(shards: readonly { readonly file: string; readonly shard: Shard }[]): Results {
  const [first] = shards;
  const all = new Map<string, { readonly file: string; readonly text: string }>();
  for (const { file, shard } of shards) {
    const differs = first === undefined ? undefined : difference(first.shard, shard);
    if (differs !== undefined)
      throw new InputError('invalid', `this part and ${first?.file} are of different ${differs}`, { file });
    for (const [key, result] of Object.entries(shard.results)) {
      const text = JSON.stringify(result);
      const other = all.get(key);
      if (other !== undefined && other.text !== text)
        throw new InputError('invalid', `this part and ${other.file} have different results of one job`, { file });
      all.set(key, { file, text });
    }
  }
  return {
    find: (key: JobKey) => {
      const found = all.get(key);
      return Promise.resolve(found === undefined ? undefined : JSON.parse(found.text));
    },
    keep: () => Promise.resolve(),
  };
}

function difference(a: Shard, b: Shard): string | undefined {
  if (a.identity !== b.identity) return 'labs, or of different libsolvs';
  if (a.sweep.text !== b.sweep.text) return 'sweeps';
  return a.shard.of === b.shard.of ? undefined : 'divisions';
}
