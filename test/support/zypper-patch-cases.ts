import type { AdvisoryType } from '#repomd';
import type { ZypperCase } from './zypper-cases.js';

/** A patch of each type that openSUSE and Fedora publish; the package of each is called like it. */
const types = ['security', 'recommended', 'bugfix', 'optional', 'feature', 'enhancement', 'newpackage'] as const;
const named = (version: number) => Object.fromEntries(types.map((type) => [`${type}-${version}-1`, {}]));
const patches = types.map((type) => ({ id: `${type}-1`, type, packages: [type] }));
const machine = { installed: named(1), repositories: { update: named(2) }, patches: { update: patches } };

const taken = (...names: readonly AdvisoryType[]): string[] =>
  names.flatMap((name) => [`+ ${name}-2-1`, `- ${name}-1-1`]).sort();

const patch = (
  what: string,
  options: Pick<ZypperCase['request'], 'category' | 'withOptional'>,
  expected: readonly string[],
): ZypperCase => ({ ...machine, what, request: { verb: 'patch', ...options }, expected });

export const patchCases: readonly ZypperCase[] = [
  patch('all but what libzypp calls optional', {}, taken('security', 'recommended', 'bugfix', 'newpackage')),
  patch('optional ones too', { withOptional: true }, taken(...types)),
  patch('security', { category: 'security' }, taken('security')),
  patch("Fedora's bugfix is a recommended one", { category: 'recommended' }, taken('recommended', 'bugfix')),
  patch('optional ones are not taken', { category: 'optional' }, []),
  patch('nor are features', { category: 'feature' }, []),
  patch(
    'unless they are asked for twice',
    { category: 'optional', withOptional: true },
    taken('optional', 'feature', 'enhancement'),
  ),
];
