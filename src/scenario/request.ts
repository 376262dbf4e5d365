import { z } from 'zod';
import { commandLine } from '#files';
import { advisoryTypes } from './repository.js';

/** zypper's verbs, with the names they have on its command line. */
export const verbs = ['in', 'rm', 'up', 'dup', 'inr', 'verify', 'patch', 'purge-kernels'] as const;

const nameList = z.array(z.string().min(1));

/** Which verbs take names, and which of them cannot do without. */
const namesOf: Record<(typeof verbs)[number], 'needed' | 'possible' | 'none'> = {
  in: 'needed',
  rm: 'needed',
  up: 'possible',
  dup: 'none',
  inr: 'none',
  verify: 'none',
  patch: 'none',
  'purge-kernels': 'none',
};

/** Options that only some verbs have, as zypper's help lists them. */
const optionVerbs = [
  ['noRecommends', ['in', 'up', 'dup', 'inr', 'verify', 'patch']],
  ['cleanDeps', ['rm']],
  ['category', ['patch']],
  ['withOptional', ['patch']],
  ['from', ['in', 'dup']],
  ['oldPackage', ['in']],
  ['allowVendorChange', ['in', 'up', 'dup']],
  ['allowDowngrade', ['in', 'up', 'dup']],
  ['allowNameChange', ['in', 'up', 'dup']],
  ['allowArchChange', ['in', 'up', 'dup']],
] as const satisfies readonly (readonly [string, readonly (typeof verbs)[number][]])[];

/** One request to the package manager, as an administrator would type it. */
export const requestSchema = z
  .strictObject({
    verb: z.enum(verbs).describe("zypper's verb"),
    names: nameList
      .default([])
      .describe(
        'package names or capabilities, `kernel-default`, `kernel-default = 6.1.187-1`, `kmod(tun.ko)`; none for `dup`, `inr`, `verify`, `patch`, `purge-kernels`',
      ),
    noRecommends: z.boolean().default(false).describe('`--no-recommends`: hardware supplements are still honoured'),
    allowUninstall: z
      .boolean()
      .default(false)
      .describe('`--force-resolution`: let the solver remove packages that stand in the way; `rm` always does'),
    cleanDeps: z
      .boolean()
      .optional()
      .describe('`--clean-deps`: also remove what came only as a dependency; else as zypp.conf says'),
    category: z
      .enum(advisoryTypes)
      .optional()
      .describe('`--category`: only patches of this kind; `feature` is another word for `optional`'),
    withOptional: z
      .boolean()
      .optional()
      .describe('`--with-optional`: optional patches too, which else are never taken'),
    from: nameList.optional().describe('`--from`: only candidates of these repositories'),
    oldPackage: z.boolean().optional().describe('`--oldpackage`: take an older version than the installed one too'),
    allowVendorChange: z.boolean().optional().describe('`--allow-vendor-change`; else as zypp.conf says'),
    allowDowngrade: z.boolean().optional().describe('`--allow-downgrade`; else as zypp.conf says'),
    allowNameChange: z.boolean().optional().describe('`--allow-name-change`; else as zypp.conf says'),
    allowArchChange: z.boolean().optional().describe('`--allow-arch-change`; else as zypp.conf says'),
  })
  .superRefine((request, context) => {
    const fault = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    const { verb, names } = request;
    if (namesOf[verb] === 'needed' && names.length === 0) fault('names', `\`${verb}\` needs at least one name`);
    if (namesOf[verb] === 'none' && names.length > 0) fault('names', `\`${verb}\` takes no names`);
    for (const [option, verbsWithIt] of optionVerbs) {
      const having: readonly string[] = verbsWithIt;
      const given = request[option] !== undefined && request[option] !== false;
      if (given && !having.includes(verb)) fault(option, `\`${option}\` is an option of ${having.join(', ')}`);
    }
  });
/** A request as a scenario states it; `Request` of src/solve is what the package manager is asked. */
export type RequestSpec = z.infer<typeof requestSchema>;

/** The request as a command line, for people. */
export function requestText(request: RequestSpec): string {
  return commandLine(['zypper', request.verb, ...requestOptions(request), ...request.names]);
}

/** The options of zypper's command line that a request comes to. */
export function requestOptions(request: RequestSpec): string[] {
  const allow = (what: string, value: boolean | undefined): string[] =>
    value === undefined ? [] : [`--${value ? '' : 'no-'}allow-${what}-change`];
  return [
    ...(request.noRecommends ? ['--no-recommends'] : []),
    ...(request.allowUninstall ? ['--force-resolution'] : []),
    ...(request.cleanDeps === undefined ? [] : [request.cleanDeps ? '--clean-deps' : '--no-clean-deps']),
    ...(request.category === undefined ? [] : ['--category', request.category]),
    ...(request.withOptional === true ? ['--with-optional'] : []),
    ...(request.from ?? []).flatMap((repository) => ['--from', repository]),
    ...(request.oldPackage === true ? ['--oldpackage'] : []),
    ...allow('vendor', request.allowVendorChange),
    ...(request.allowDowngrade === undefined
      ? []
      : [request.allowDowngrade ? '--allow-downgrade' : '--no-allow-downgrade']),
    ...allow('name', request.allowNameChange),
    ...allow('arch', request.allowArchChange),
  ];
}
