import type { PackageSpec } from './packages.js';
import type { ZypperCase } from './zypper-cases.js';

/**
 * Which of a name's packages `in` and `up` take where they are of three architectures. `x2i4n3` is a name whose packages are x86_64-2,
 * i686-4 and noarch-3. The answers are zypper's: libzypp's AVOrder compares architectures first, and versions alone where one is noarch.
 */
const archOf = { x: 'x86_64', i: 'i686', n: 'noarch' } as const;

function builds(name: string, versions: string): [string, PackageSpec][] {
  return [...versions.matchAll(/([xin])(\d)/g)].map(([, letter, version]) => {
    const arch = archOf[letter as keyof typeof archOf];
    return [`${name}-${version}-1`, { arch }];
  });
}

const ordered = ['x2i3n4', 'x3i2n4', 'x3i4n2', 'x4i2n3', 'x4i3n2'];
/** The orders of three repositories, of which one has x86_64-2, one i686-4 and one noarch-3: each is better than one of the others. */
const circle = ['xin', 'xni', 'ixn', 'inx', 'nxi', 'nix'];
const inCircle = { x: 'x2', i: 'i4', n: 'n3' } as const;

const repositories = Object.fromEntries(
  [0, 1, 2].map((place) => {
    const whole = place === 0 ? ordered.flatMap((versions) => builds(versions, versions)) : [];
    const parts = circle.flatMap((order) => builds(order, inCircle[order.charAt(place) as keyof typeof inCircle]));
    return [`repository${place}`, Object.fromEntries([...whole, ...parts])];
  }),
);

/** `x2i3n4: 4n` as the step `+ x2i3n4-4-1.noarch`, and what it takes the place of. */
function steps(chosen: Readonly<Record<string, string>>, installed: string | null): string[] {
  const suffix = (letter: string): string => (letter === 'x' ? '' : `.${archOf[letter as keyof typeof archOf]}`);
  return Object.entries(chosen)
    .flatMap(([name, one]) => {
      const came = `+ ${name}-${one.charAt(0)}-1${suffix(one.charAt(1))}`;
      return installed === null ? [came] : [came, `- ${name}-1-1${suffix(installed)}`];
    })
    .sort();
}

interface Answers {
  readonly installed: keyof typeof archOf | null;
  /** The lab's and every zypper's. */
  readonly whole: readonly string[];
  /** In the order of `circle`: the lab's, and zypper's. */
  readonly lab: readonly string[];
  readonly zypper: readonly string[];
}

const answers: readonly Answers[] = [
  {
    installed: null,
    whole: ['4n', '4n', '3x', '4x', '4x'],
    lab: ['3n', '4i', '3n', '2x', '4i', '2x'],
    zypper: ['3n', '4i', '3n', '2x', '4i', '2x'],
  },
  {
    installed: 'x',
    whole: ['4n', '4n', '3x', '4x', '4x'],
    lab: ['3n', '3n', '3n', '3n', '3n', '3n'],
    zypper: ['3n', '2x', '3n', '3n', '2x', '3n'],
  },
  {
    installed: 'i',
    whole: ['4n', '4n', '4i', '3n', '3i'],
    lab: ['4i', '4i', '4i', '4i', '4i', '4i'],
    zypper: ['4i', '4i', '4i', '3n', '4i', '3n'],
  },
  {
    installed: 'n',
    whole: ['4n', '4n', '3x', '4x', '4x'],
    lab: ['3n', '4i', '3n', '2x', '4i', '2x'],
    zypper: ['4i', '2x', '4i', '3n', '2x', '3n'],
  },
];

const table = (names: readonly string[], chosen: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, chosen[index] ?? '']));

function casesOn({ installed, whole, lab, zypper }: Answers): ZypperCase[] {
  const there = installed === null ? [] : [...ordered, ...circle].flatMap((name) => builds(name, `${installed}1`));
  const machine = { installed: Object.fromEntries(there), repositories };
  const what = installed === null ? 'none is installed' : `that of ${archOf[installed]} is installed`;
  const asked = (verb: 'in' | 'up'): ZypperCase[] => {
    if (installed === null && verb === 'up') return [];
    const differs = steps(table(circle, zypper), installed);
    return [
      { ...machine, what, request: { verb, names: ordered }, expected: steps(table(ordered, whole), installed) },
      {
        ...machine,
        what: `${what}, by the order of repositories`,
        request: { verb, names: circle },
        expected: steps(table(circle, lab), installed),
        differs: { '1.14.42': differs, '1.14.101': differs },
      },
    ];
  };
  return [...asked('in'), ...asked('up')];
}

/** The version of the installed one of the best architecture counts, not the highest. */
const twoInstalled: ZypperCase = {
  what: 'an older package of the best architecture is installed beside a newer one',
  installed: Object.fromEntries(builds('tool', 'x1i3')),
  repositories: { base: Object.fromEntries(builds('tool', 'x2')) },
  request: { verb: 'in', names: ['tool'] },
  expected: ['+ tool-2-1', '- tool-1-1', '- tool-3-1.i686'],
};

export const architectureCases: readonly ZypperCase[] = [...answers.flatMap(casesOn), twoInstalled];
