import { z } from 'zod';
import { InputError } from '#errors';
import { parseYaml, readInputText } from '#files';
import { regimes } from '#kernel';
import { designNamed, parseSchemeText } from '#packaging';
import { type GrowthDirection, growthDirections } from '#run-document';
import type { PlannedSeries } from './growth.js';

const limitBytes = 1 << 20;
/** Of a synthetic build. */
export const kernelModulesMax = 100_000;

export const keptMax = 100;
/** More than any distribution has of one architecture. */
export const flavorsMax = 8;

/** Each point is two kernel builds that are made, packaged and solved: beyond, a mistyped list is likelier than patience. */
const pointsMax = 1000;

const distinct = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .min(1)
    .refine((list) => new Set(list).size === list.length, { message: 'expected each once' });

/** What a sweep calls the directions in which it can grow. */
const lists = {
  kernelModules: 'kernelModules',
  buildsSideBySide: 'kernelsKept',
  installedPercent: 'installedPercent',
  flavors: 'flavors',
} as const satisfies Record<GrowthDirection, string>;

const sweepSchema = z
  .strictObject({
    question: z.string().min(1),
    /** As `--scheme` takes them, an option as in `grouped grouping=installer`. */
    schemes: distinct(z.string().min(1)),
    kernelModules: distinct(z.int().min(100).max(kernelModulesMax)),
    /** Successors that stay in reach beside the installed build; with a list, the sweep grows by it instead. The same holds for what follows. */
    kernelsKept: distinct(z.int().min(1).max(keptMax)).default([1]),
    /** Of the kernel modules of the installed build, with whatever these need. */
    installedPercent: distinct(z.int().min(1).max(100)).default([100]),
    flavors: distinct(z.int().min(1).max(flavorsMax)).default([1]),
    /** How one build becomes the next, see `kmplab kernel regimes`. */
    regimes: distinct(z.enum(regimes.map(({ name }) => name))),
    seeds: distinct(z.int().nonnegative()).default([1]),
  })
  .superRefine((sweep, context) => {
    const [first, second] = Object.values(lists).filter((list) => sweep[list].length > 1);
    if (first === undefined || second === undefined) return;
    const message = `a sweep grows in one direction: \`${first}\` has several values already`;
    context.addIssue({ code: 'custom', path: [second], message });
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
  const { question, schemes, seeds } = sweep;
  const over = growthDirections.find((direction) => sweep[lists[direction]].length > 1) ?? 'kernelModules';
  const least = (direction: GrowthDirection): number => sweep[lists[direction]][0] ?? 1;
  const sizes = [...sweep[lists[over]]].sort((a, b) => a - b);
  for (const scheme of schemes) designNamed(parseSchemeText(scheme).name);
  const points = schemes.length * sweep.regimes.length * sizes.length * seeds.length;
  if (points > pointsMax) {
    throw new InputError('too-large', `a sweep of ${points} points`, { file, expected: `at most ${pointsMax}` });
  }
  return schemes.flatMap((scheme) =>
    sweep.regimes.map(
      (regime): PlannedSeries => ({
        name: `${scheme}, ${regime}`,
        over,
        scheme,
        regime,
        question: `${question} Scheme ${scheme}, updates as under ${regime}, synthetic kernels.`,
        points: sizes.flatMap((size) =>
          seeds.map((seed) => ({
            kind: 'synthetic' as const,
            scheme,
            over,
            sizes: {
              kernelModules: least('kernelModules'),
              buildsSideBySide: least('buildsSideBySide'),
              installedPercent: least('installedPercent'),
              flavors: least('flavors'),
              [over]: size,
            },
            regime,
            seed,
          })),
        ),
      }),
    ),
  );
}
