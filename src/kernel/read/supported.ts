import { type Glob, globPattern } from '#files';
import type { Support } from '../build.js';
import { modulePathStem } from '../module-name.js';

/** Says of a kernel module's path below `/lib/modules/<release>/` what a supported.conf promises for it. */
export type SupportOf = (path: string) => Support;

/**
 * SUSE's supported.conf: one kernel module a line, as its path below `kernel/` without suffix, with `*` as wildcard; before it any
 * number of guards. `-` and `-…` take it out of what is supported, `+base` puts it into the minimal package, `+external` says
 * that somebody else supports it. Comments start with `#`. What is not listed is unsupported; of several lines the last counts.
 */
export function parseSupported(content: string): SupportOf {
  const literal = new Map<string, Rule>();
  const wild: (Rule & { readonly pattern: Glob })[] = [];
  for (const [order, line] of content.split('\n').entries()) {
    const words = line
      .replace(/#.*$/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    const path = words.pop()?.replace(/\.ko$/, '');
    if (path === undefined || /^[+-]/.test(path)) continue;
    const rule = { order, support: supportOf(words) };
    if (path.includes('*')) wild.push({ ...rule, pattern: globPattern(path.replaceAll(/\*+/g, '*')) });
    else literal.set(path, rule);
  }
  return (path) => {
    const below = modulePathStem(path.replace(/^kernel\//, ''));
    const own = literal.get(below);
    const last = wild.findLast(({ order, pattern }) => order > (own?.order ?? -1) && pattern.test(below));
    return (last ?? own)?.support ?? 'unsupported';
  };
}

interface Rule {
  /** Which line it stands in. */
  readonly order: number;
  readonly support: Support;
}

function supportOf(guards: readonly string[]): Support {
  if (guards.some((guard) => guard.startsWith('-'))) return 'unsupported';
  if (guards.includes('+external')) return 'external';
  return guards.includes('+base') ? 'base' : 'supported';
}

/** `supported=yes` and `supported=external` in .modinfo, which SUSE's kernels get from their supported.conf when they are built. */
export function supportOfModinfo(value: string | null): Support | undefined {
  if (value === 'yes') return 'supported';
  if (value === 'external') return 'external';
  return value === 'no' ? 'unsupported' : undefined;
}
