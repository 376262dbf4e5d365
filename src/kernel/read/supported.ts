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
  const rules = content.split('\n').flatMap((line) => {
    const words = line
      .replace(/#.*$/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    const pattern = words.pop();
    return pattern === undefined || /^[+-]/.test(pattern)
      ? []
      : [{ matches: matcher(pattern), support: supportOf(words) }];
  });
  return (path) => {
    const below = modulePathStem(path.replace(/^kernel\//, ''));
    return rules.findLast(({ matches }) => matches.test(below))?.support ?? 'unsupported';
  };
}

function supportOf(guards: readonly string[]): Support {
  if (guards.some((guard) => guard.startsWith('-'))) return 'unsupported';
  if (guards.includes('+external')) return 'external';
  return guards.includes('+base') ? 'base' : 'supported';
}

function matcher(pattern: string): RegExp {
  const literal = modulePathStem(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^/]*')}$`);
}

/** `supported=yes` and `supported=external` in .modinfo, which SUSE's kernels get from their supported.conf when they are built. */
export function supportOfModinfo(value: string | null): Support | undefined {
  if (value === 'yes') return 'supported';
  if (value === 'external') return 'external';
  return value === 'no' ? 'unsupported' : undefined;
}
