import { z } from 'zod';

/** How much more than the baseline is allowed: a share of it, or so many. */
export type Tolerance = { readonly share: number } | { readonly most: number };

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

const amount = /^(\d+(?:\.\d+)?) ?(|k|M|G|B|kB|MB|GB|KiB|MiB|GiB)$/;

/** `64 KiB`, `1.5 M`, `200`: a count or bytes. */
export const amountSchema = z
  .union([z.number().nonnegative(), z.string().regex(amount, { error: 'is no amount, as 200, "1.5 M" or "64 KiB"' })])
  .describe('a count or bytes: 200, "1.5 M", "64 KiB"');

/** The same, or `2 %` of what the baseline has. */
export const toleranceSchema = z
  .union([
    z.number().nonnegative(),
    z.string().regex(/^\d+(?:\.\d+)? ?(%|k|M|G|B|kB|MB|GB|KiB|MiB|GiB)?$/, {
      error: 'is no tolerance, as 0, "2 %" or "64 KiB"',
    }),
  ])
  .describe('how much more than the baseline passes: "2 %", "64 KiB", 0');

export function amountOf(value: z.infer<typeof amountSchema>): number {
  if (typeof value === 'number') return value;
  const [, digits = '0', unit = ''] = amount.exec(value) ?? [];
  return Number(digits) * (units[unit] ?? 1);
}

export function toleranceOf(value: z.infer<typeof toleranceSchema>): Tolerance {
  if (typeof value === 'string' && value.endsWith('%')) return { share: Number(value.slice(0, -1)) / 100 };
  return { most: amountOf(value) };
}

/** The most that passes against a value of the baseline. */
export function limitOf(expected: number, tolerance: Tolerance): number {
  return 'share' in tolerance ? expected + Math.abs(expected) * tolerance.share : expected + tolerance.most;
}
