import { z } from 'zod';
import { InputError } from '#errors';
import { parseYaml, readInputText } from '#files';
import { regimes } from '#kernel';
import { designNamed, parseSchemeText } from '#packaging';
import type { PlannedSeries } from './growth.js';

const limitBytes = 1 << 20;
/** Of a synthetic build. */
export const kernelModulesMax = 100_000;

/** Each point is two kernel builds that are made, packaged and solved: beyond, a mistyped list is likelier than patience. */
const pointsMax = 1000;

const distinct = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .min(1)
    .refine((list) => new Set(list).size === list.length, { message: 'expected each once' });

const sweepSchema = z.strictObject({
  question: z.string().min(1),
  /** As `--scheme` takes them, an option as in `grouped grouping=installer`. */
  schemes: distinct(z.string().min(1)),
  kernelModules: distinct(z.int().min(100).max(kernelModulesMax)),
  /** How one build becomes the next, see `kmplab kernel regimes`. */
  regimes: distinct(z.enum(regimes.map(({ name }) => name))),
  seeds: distinct(z.int().nonnegative()).default([1]),
});

/** A sweep: the same update over sizes, schemes, regimes and seeds, on synthetic builds. */
export interface Sweep {
  readonly text: string;
  /** One for each scheme under each regime. */
  readonly series: readonly PlannedSeries[];
}

/** @throws InputError */
export async function readSweep(file: string): Promise<Sweep> {
  const text = await readInputText(file, { limitBytes, expected: 'a sweep' });
  return { text, series: sweepSeries(text, file) };
}

/** The series of a sweep that is known by its text. @throws InputError */
export function sweepSeries(text: string, file: string): PlannedSeries[] {
  const sweep = parseYaml(text, file, {
    schema: sweepSchema,
    what: 'a sweep',
    hint: 'see scenarios/sweeps/ for one that is right',
  });
  const { question, schemes, kernelModules, seeds } = sweep;
  for (const scheme of schemes) designNamed(parseSchemeText(scheme).name);
  const points = schemes.length * sweep.regimes.length * kernelModules.length * seeds.length;
  if (points > pointsMax) {
    throw new InputError('too-large', `a sweep of ${points} points`, { file, expected: `at most ${pointsMax}` });
  }
  const sizes = [...kernelModules].sort((a, b) => a - b);
  return schemes.flatMap((scheme) =>
    sweep.regimes.map(
      (regime): PlannedSeries => ({
        name: `${scheme}, ${regime}`,
        over: 'kernelModules',
        scheme,
        regime,
        question: `${question} Scheme ${scheme}, updates as under ${regime}, synthetic kernels.`,
        points: sizes.flatMap((modules) =>
          seeds.map((seed) => ({ kind: 'synthetic' as const, scheme, modules, regime, seed })),
        ),
      }),
    ),
  );
}
