import { z } from 'zod';

/** zypper's verbs, with the names they have on its command line. */
export const verbs = ['in', 'rm', 'up', 'dup', 'inr', 'verify'] as const;

/** One request to the package manager, as an administrator would type it. */
export const requestSchema = z
  .strictObject({
    verb: z.enum(verbs).describe("zypper's verb"),
    names: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'package names or capabilities, `kernel-default`, `kernel-default = 6.1.187-1`; empty for `up`, `dup`, `inr`',
      ),
    noRecommends: z.boolean().default(false).describe('`--no-recommends`: hardware supplements are still honoured'),
    allowUninstall: z.boolean().default(false).describe('let the solver remove packages that stand in the way'),
  })
  .refine((request) => request.names.length > 0 || !['in', 'rm'].includes(request.verb), {
    message: '`in` and `rm` need at least one name',
    path: ['names'],
  });
export type Request = z.infer<typeof requestSchema>;

/** The request as a command line, for people. */
export function requestText(request: Request): string {
  const options = [
    ...(request.noRecommends ? ['--no-recommends'] : []),
    ...(request.allowUninstall ? ['--force-resolution'] : []),
  ];
  const names = request.names.map((name) => (/[\s()<>]/.test(name) ? `'${name}'` : name));
  return ['zypper', request.verb, ...options, ...names].join(' ');
}
