import type { PackageInfo } from '@opensuse/libsolv-wasm';
import type { Machine } from './machine.js';
import type { Request } from './request.js';

/** One argument of `in`, `rm` or `up` as zypper reads it (PackageArgs::argsToCaps, Capability::guessPackageSpec). */
export interface PackageArgument {
  /** What is asked for, `name`, `name.arch` or `name = version`; the argument without its modifier where nothing was guessed. */
  readonly spec: string;
  /** Whether the packages are to come or to go: `-name` and `!name` go with `in`, `+name` and `~name` come with `rm`. */
  readonly wanted: boolean;
  /** A version or an architecture was asked for, so that the installed one's vendor does not count. */
  readonly constrained: boolean;
  /** `name-version` was taken apart: it is looked for among the names only, never among capabilities. */
  readonly guessed: boolean;
  /** The packages of that name, installed ones among them; with `--from` those of these repositories that may come. */
  readonly matches: readonly PackageInfo[];
}

export function packageArgument(machine: Machine, request: Request, text: string): PackageArgument {
  const [, modifier = '', bare = text] = /^([-+!~]?)(.*)$/s.exec(text) ?? [];
  const guess = guessedVersion(machine, bare);
  const spec = guess ?? bare;
  const all = machine.pool.packages(machine.pool.select(spec, ['name', 'glob', 'rel', 'dotarch']).solvables);
  const wanted = modifier === '' ? request.verb !== 'rm' : modifier === '+' || modifier === '~';
  const from = wanted ? request.from : undefined;
  return {
    spec,
    wanted,
    constrained: /[<>=]/.test(spec) || all.some(({ name, arch }) => spec === `${name}.${arch}`),
    guessed: guess !== null,
    matches: from === undefined ? all : all.filter(({ repo }) => from.includes(repo.name)),
  };
}

/**
 * `tool-2-1.x86_64` is no package of that name; where one is called `tool`, zypper takes the rest for a version, or for version and
 * release. Null where that is not so, or where something provides the text as it stands.
 */
function guessedVersion({ pool }: Machine, text: string): string | null {
  if (/[<>=\s*?[{]/.test(text) || !text.includes('-')) return null;
  const [, name = text, arch = ''] = architecture.exec(text) ?? [];
  if (pool.whatProvides(name).length > 0) return null;
  const last = name.lastIndexOf('-');
  for (const dash of [last, name.lastIndexOf('-', last - 1)]) {
    if (dash > 0 && pool.select(name.slice(0, dash), ['name']).solvables.length > 0)
      return `${name.slice(0, dash)}${arch} = ${name.slice(dash + 1)}`;
  }
  return null;
}

/** Architectures that libzypp knows and a package may have (zypp/Arch.cc, those of the kernels of this lab and their 32-bit ones). */
const architecture = /^(.+)(\.(?:noarch|x86_64|i[3-6]86|aarch64|armv[67]h?l|ppc64le|ppc64|s390x?|riscv64))$/;
