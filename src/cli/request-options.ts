import { type Command, Option } from 'commander';
import { InputError } from '#errors';
import { type RequestSpec, requestSchema } from '#scenario';

/** What commander makes of the options below. What is not given is as zypp.conf says. */
export interface RequestFlags {
  readonly recommends: boolean;
  readonly allowUninstall?: boolean;
  readonly cleanDeps?: boolean;
  readonly category?: string;
  readonly withOptional?: boolean;
  readonly from?: readonly string[];
  readonly oldpackage?: boolean;
  readonly allowVendorChange?: boolean;
  readonly allowDowngrade?: boolean;
  readonly allowNameChange?: boolean;
  readonly allowArchChange?: boolean;
}

/** Options of zypper's verbs under zypper's names; which verb has which is the request's schema to say. */
export function addRequestOptions(command: Command): Command {
  command
    .option('--no-recommends', 'as of zypper: hardware is still honoured')
    .option('--allow-uninstall', 'let packages that stand in the way be removed ("--force-resolution")')
    .option('--category <kind>', 'of patch: only patches of this kind')
    .option('--with-optional', 'of patch: optional ones too')
    .option('--from <dir...>', 'of in and dup: only candidates of these of the repositories')
    .option('--oldpackage', 'of in: take an older version than the installed one too');
  for (const [option, meaning] of [
    ['clean-deps', 'of rm: also what came only as a dependency'],
    ['allow-vendor-change', 'of in, up and dup'],
    ['allow-downgrade', 'of in, up and dup'],
    ['allow-name-change', 'of in, up and dup'],
    ['allow-arch-change', 'of in, up and dup'],
  ] as const) {
    command.option(`--${option}`, `${meaning}; or --no-${option}`);
    command.addOption(new Option(`--no-${option}`).hideHelp());
  }
  return command;
}

/** The request that a command line states. @throws InputError where the verb does not go with a name or an option */
export function requestOf(verb: string, names: readonly string[], flags: RequestFlags): RequestSpec {
  const { recommends, oldpackage, allowUninstall = false, withOptional, ...more } = flags;
  const { cleanDeps, category, from, allowVendorChange, allowDowngrade, allowNameChange, allowArchChange } = more;
  const request = requestSchema.safeParse({
    verb,
    names,
    noRecommends: !recommends,
    allowUninstall,
    ...{ cleanDeps, category, withOptional, from, oldPackage: oldpackage },
    ...{ allowVendorChange, allowDowngrade, allowNameChange, allowArchChange },
  });
  if (request.success) return request.data;
  const [issue] = request.error.issues;
  throw new InputError('usage', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a request'}`);
}
