import { z } from 'zod';
import { InputError, nearest } from '#errors';
import { algorithmOptions, type DesignOptions, designOptionsSchema } from '../algorithms/options.js';
import { commonOptionsSchema } from '../parts/common-options.js';
import { below, type Design, edited } from './design.js';

/** A design with options chosen: their edits are made, the others are of these types. */
export interface ChosenDesign {
  readonly design: Design;
  readonly options: DesignOptions;
  /** What placeholders named after options stand for. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Names of the options that a design has, those of every design first. */
export function optionNames({ options }: Design): string[] {
  return [...Object.keys(commonOptionsSchema.shape), ...Object.keys(options)];
}

/**
 * Makes the edits of the options that were chosen. An option that the design does not have is refused, so that none is ignored in silence.
 *
 * @throws InputError `unknown-key`, or `invalid` for a value that the option does not take
 */
export function withOptions(design: Design, given: Readonly<Record<string, unknown>>): ChosenDesign {
  const known = optionNames(design);
  const stated = Object.entries({ ...design.fixed, ...given }).filter(([, value]) => value !== undefined);
  const foreign = stated.find(([key]) => !known.includes(key))?.[0];
  if (foreign !== undefined) {
    const guess = nearest(foreign, known);
    throw new InputError('unknown-key', `scheme ${design.name} has no option "${foreign}"`, {
      expected: known.join(', '),
      ...(guess === null ? {} : { hint: `write "${guess}"` }),
    });
  }
  let chosen = design;
  const typed: [string, unknown][] = [];
  const texts: Record<string, string> = {};
  for (const [key, { default: text }] of Object.entries(design.options)) if (text !== undefined) texts[key] = text;
  for (const [key, value] of stated) {
    const option = design.options[key];
    if (option?.choices !== undefined) {
      const edits = choose(design.name, key, option.choices, value);
      if (edits !== null) chosen = edited(chosen, edits, below(option.at, 'choices', String(value)));
    } else if (option === undefined || key in algorithmOptions) typed.push([key, value]);
    else texts[key] = checked(design.name, z.string(), value, key);
  }
  const options = checked(design.name, designOptionsSchema, Object.fromEntries(typed));
  return { design: chosen, options, texts };
}

/** A design with options chosen for all who extend it: they may choose again where an option is a word, but not between edits. */
export function fixedDesign(design: Design, given: Readonly<Record<string, unknown>>): Design {
  const chosen = withOptions(design, given).design;
  const isEdit = (key: string): boolean => design.options[key]?.choices !== undefined && given[key] !== undefined;
  const words = Object.entries(given).filter(([key]) => !isEdit(key));
  const options = Object.entries(design.options).filter(([key]) => !isEdit(key));
  return { ...chosen, options: Object.fromEntries(options), fixed: { ...design.fixed, ...Object.fromEntries(words) } };
}

function choose<Edits>(scheme: string, key: string, choices: Readonly<Record<string, Edits>>, value: unknown): Edits {
  const chosen = checked(
    scheme,
    z
      .union([z.string(), z.boolean(), z.number()])
      .transform(String)
      .pipe(z.enum(Object.keys(choices))),
    value,
    key,
  );
  const edits = Object.hasOwn(choices, chosen) ? choices[chosen] : undefined;
  if (edits === undefined) throw new InputError('invalid', `scheme ${scheme} has no ${key}=${chosen}`);
  return edits;
}

function checked<Value>(scheme: string, schema: z.ZodType<Value>, value: unknown, option?: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [...(option === undefined ? [] : [option]), ...(issue?.path ?? [])];
  throw new InputError('invalid', `options of scheme ${scheme}: ${issue?.message}`, {
    place: { part: path.join('.') },
  });
}
