import { describe, expect, it } from 'vitest';
import type { Statement } from '#run-document';
import { statementText } from '#tell';

const asker = { kind: 'request', verb: 'in', name: 'a' } as const;
const one = (dependency: string) => ({ dependencies: [dependency], dependenciesTotal: 1 });
const many = { dependencies: ['ksym(default:a) = 1', 'ksym(default:b) = 2', 'ksym(default:c) = 3'] };

/** What each statement says. A kind or a case that is not here was never read by anybody. */
const cases: readonly (readonly [Statement, string])[] = [
  [{ kind: 'asked', asker, action: 'install', what: 'a-1-1' }, '"zypper in a" asks for a-1-1'],
  [
    { kind: 'asked', asker: { kind: 'request', verb: 'up', name: null }, action: 'install', what: 'a-2-1' },
    '"zypper up" asks for a-2-1',
  ],
  [{ kind: 'asked', asker: { kind: 'question' }, action: 'erase', what: 'a-1-1' }, 'the question asks to remove a-1-1'],
  [{ kind: 'locked', holds: 'out', what: 'b-1-1' }, 'a lock keeps out b-1-1'],
  [{ kind: 'locked', holds: 'in', what: 'b-1-1' }, 'a lock keeps b-1-1'],
  [{ kind: 'kept', package: 'b-1-1', why: 'rule' }, 'b-1-1 is installed and has to stay or be updated'],
  [{ kind: 'kept', package: 'b-1-1', why: 'free' }, 'b-1-1 is installed, and nothing speaks against its staying'],
  [
    { kind: 'kept', package: 'b-1-1', why: 'unsolvable' },
    'b-1-1 is installed, and the request has no solution that would change that',
  ],
  [
    { kind: 'requires', by: 'a-1-1', ...one('b'), providers: 1, provider: 'b-1-1' },
    'a-1-1 requires b, which only b-1-1 provides',
  ],
  [
    { kind: 'requires', by: 'a-1-1', ...one('b'), providers: 3, provider: 'b-1-1' },
    'a-1-1 requires b, which b-1-1 provides',
  ],
  [
    { kind: 'requires', by: 'a-1-1', ...many, dependenciesTotal: 3, providers: 2, provider: null },
    'a-1-1 requires ksym(default:a) = 1, ksym(default:b) = 2 and ksym(default:c) = 3, which 2 packages provide',
  ],
  [
    { kind: 'requires', by: 'a-1-1', ...many, dependenciesTotal: 1040, providers: 1, provider: 'b-1-1' },
    'a-1-1 requires ksym(default:a) = 1 and 1,039 more, which only b-1-1 provides',
  ],
  [{ kind: 'recommends', by: 'a-1-1', ...one('b') }, 'a-1-1 recommends b'],
  [
    {
      kind: 'supplements',
      by: 'a-1-1',
      dependencies: ['(k and namespace:modalias(pci:*))', 'x'],
      dependenciesTotal: 2,
    },
    'a-1-1 supplements (k and modalias(pci:*)) and 1 more',
  ],
  [{ kind: 'hardware', modalias: 'usb:v1' }, 'this machine has usb:v1'],
  [
    { kind: 'nothingProvides', by: 'a-1-1', asker: null, ...one('gone') },
    'a-1-1 requires gone, which nothing in reach provides',
  ],
  [
    { kind: 'nothingProvides', by: null, asker, ...one('a') },
    '"zypper in a" asks for a, which nothing in reach provides',
  ],
  [{ kind: 'unknownName', asker, name: 'a' }, '"zypper in a" asks for a, and no package has that name'],
  [
    { kind: 'notInstallable', package: 'a-1-1.ppc64le', arch: 'ppc64le', machine: 'x86_64' },
    "a-1-1.ppc64le cannot be installed: its architecture is ppc64le, and the machine's is x86_64",
  ],
  [
    { kind: 'conflicts', by: 'a-1-1', with: 'b-1-1', ...one('b < 2') },
    'a-1-1 conflicts with b < 2, which b-1-1 provides',
  ],
  [{ kind: 'conflicts', by: 'a-1-1', with: 'a-1-1', ...one('c') }, 'a-1-1 conflicts with c, which it provides itself'],
  [{ kind: 'conflicts', by: 'a-1-1', with: null, ...one('c') }, 'a-1-1 conflicts with c'],
  [
    { kind: 'sameName', by: 'a-1-1', with: 'a-2-1' },
    'a-1-1 and a-2-1 are versions of one package, of which one can be installed',
  ],
  [{ kind: 'obsoletes', by: 'a-1-1', with: 'b-1-1', ...one('b < 2') }, 'a-1-1 obsoletes b-1-1 (b < 2)'],
  [{ kind: 'obsoletes', by: 'a-1-1', with: null, ...one('b < 2') }, 'a-1-1 obsoletes b < 2'],
  [
    { kind: 'policy', rule: 'best', by: null, with: null, dependency: null },
    'the request takes the best version and no other',
  ],
  [
    { kind: 'policy', rule: 'best', by: 'a-1-1', with: null, dependency: null },
    'a-1-1 is replaced by its best update and by no other',
  ],
  [
    { kind: 'policy', rule: 'distupgrade', by: 'a-1-1', with: null, dependency: null },
    'a-1-1 is in no repository of the distribution upgrade',
  ],
  [
    { kind: 'policy', rule: 'infarch', by: 'a-1-1', with: null, dependency: null },
    'a-1-1 has an inferior architecture',
  ],
  [{ kind: 'policy', rule: 'yumobs', by: 'a-1-1', with: 'b-1-1', dependency: 'c' }, 'both a-1-1 and b-1-1 obsolete c'],
  [
    { kind: 'policy', rule: 'black', by: 'a-1-1', with: null, dependency: null },
    'a-1-1 is installed only where it is asked for by name',
  ],
  [
    { kind: 'policy', rule: 'strictRepoPriority', by: 'a-1-1', with: null, dependency: null },
    'a-1-1 is in a repository of lesser priority',
  ],
  [
    { kind: 'policy', rule: 'pkgConstrains', by: 'a-1-1', with: 'b-1-1', dependency: 'b > 1' },
    'a-1-1 has the constraint b > 1, which b-1-1 breaks',
  ],
  [
    { kind: 'policy', rule: 'other(7)', by: 'a-1-1', with: null, dependency: 'b' },
    'libsolv\'s rule "other(7)" stands against it (a-1-1, b)',
  ],
  [
    { kind: 'policy', rule: 'unknown', by: null, with: null, dependency: null },
    'libsolv\'s rule "unknown" stands against it',
  ],
  [{ kind: 'chosen', package: 'a-1-1', installed: true, reason: 'choice' }, 'a-1-1 is one of several that would do'],
  [
    { kind: 'chosen', package: 'a-1-1', installed: true, reason: 'other(40)' },
    'a-1-1 is taken by libsolv ("other(40)")',
  ],
  [{ kind: 'chosen', package: 'a-1-1', installed: false, reason: 'unrelated' }, 'nothing asks for a-1-1'],
  [
    { kind: 'chosen', package: 'a-1-1', installed: false, reason: 'cleandepsErase' },
    'a-1-1 goes because nothing needs it any more',
  ],
  [{ kind: 'learnt' }, 'this follows from what the solver found while it searched'],
  [{ kind: 'above', package: 'a-1-1', installed: true }, 'a-1-1 comes or stays, as told elsewhere in this tree'],
  [{ kind: 'above', package: 'a-1-1', installed: false }, 'a-1-1 is left out, as told elsewhere in this tree'],
  [{ kind: 'absent', package: 'a-1-1' }, 'a-1-1 is in reach and not installed'],
  [
    { kind: 'needed', by: 'a-1-1', byInstalled: true, package: 'b-1-1', dependency: 'b', others: 0 },
    'a-1-1, which is installed, requires b, which b-1-1 provides',
  ],
  [
    { kind: 'needed', by: 'a-1-1', byInstalled: false, package: 'b-1-1', dependency: 'b', others: 1 },
    'a-1-1, which comes, requires b, which b-1-1 provides; 1 other package requires it too',
  ],
  [
    { kind: 'unneeded', package: 'b-1-1', names: [], namesTotal: 0 },
    'no package requires anything that b-1-1 provides',
  ],
  [
    { kind: 'unneeded', package: 'b-1-1', names: ['x', 'y', 'z'], namesTotal: 5 },
    'b-1-1 is required only by what is not installed: x, y, z and 2 more',
  ],
  [
    { kind: 'providedAlready', by: 'a-1-1', dependency: 'b', provider: 'c-1-1' },
    'a-1-1 requires b, which c-1-1 provides already',
  ],
  [
    { kind: 'providedAlready', by: 'a-1-1', dependency: 'b', provider: null },
    'a-1-1 requires b, which another package provides already',
  ],
  [
    { kind: 'notSupplemented', package: 'a-1-1', ...one('(k and namespace:modalias(usb:*))') },
    'what a-1-1 supplements is not installed: (k and modalias(usb:*))',
  ],
  [{ kind: 'noHardware', package: 'a-1-1', patterns: 1 }, 'a-1-1 supplements hardware that this machine does not have'],
  [
    { kind: 'noHardware', package: 'a-1-1', patterns: 34 },
    'a-1-1 supplements hardware that this machine does not have (34 patterns)',
  ],
  [
    { kind: 'withheld', package: 'a-2-1', ...one('k'), why: 'otherVersion', other: 'a-1-1' },
    'a-2-1 supplements k, and libsolv leaves it out because another version is there: a-1-1',
  ],
  [
    { kind: 'withheld', package: 'a-2-1', ...one('k'), why: 'before', other: null },
    'a-2-1 supplements k, which was there before this request, where only "zypper inr" looks',
  ],
  [
    { kind: 'withheld', package: 'a-2-1', ...one('k'), why: 'unknown', other: null },
    'a-2-1 supplements k, and libsolv leaves it out',
  ],
  [
    { kind: 'notFollowed', by: 'a-1-1', dependency: 'b', others: 0, why: 'noRecommends' },
    'a-1-1 recommends b, and the request is made without recommendations',
  ],
  [
    { kind: 'notFollowed', by: 'a-1-1', dependency: 'b', others: 2, why: 'oldOrMet' },
    'a-1-1 and 2 other packages recommend b, and libsolv follows none that was there before or that another package meets',
  ],
  [
    {
      kind: 'outranked',
      package: 'a-2-1',
      by: 'a-1-1',
      byInstalled: false,
      preference: { kind: 'priority', repository: 'r', priority: 90, overRepository: 's', overPriority: 99 },
    },
    'a-1-1 comes instead: its repository r has priority 90, s has 99, and the lower number wins',
  ],
  [
    { kind: 'outranked', package: 'a-1-1', by: 'a-2-1', byInstalled: false, preference: { kind: 'version' } },
    'a-2-1 comes instead: it is the higher version',
  ],
  [
    {
      kind: 'outranked',
      package: 'a-2-1',
      by: 'a-1-1',
      byInstalled: true,
      preference: { kind: 'vendor', vendor: 'us', overVendor: '' },
    },
    'a-1-1 stays instead: its vendor is "us", the other one\'s is not stated, and vendors are not changed unasked',
  ],
  [
    { kind: 'outranked', package: 'a-2-1', by: 'a-1-1', byInstalled: true, preference: { kind: 'parallel' } },
    'a-1-1 stays instead: its versions are installed beside each other, so that nothing is replaced',
  ],
  [
    { kind: 'outranked', package: 'a-2-1', by: 'a-1-1', byInstalled: true, preference: { kind: 'notUpdated' } },
    'a-1-1 stays instead: the request does not update it',
  ],
  [
    { kind: 'outranked', package: 'a-2-1', by: 'a-1-1', byInstalled: false, preference: { kind: 'unknown' } },
    'a-1-1 comes instead',
  ],
  [
    { kind: 'possible', package: 'a-1-1', steps: [], stepsTotal: 0 },
    'nothing stands against it: asked for as well, it would come alone',
  ],
  [
    { kind: 'possible', package: 'a-1-1', steps: ['b-1-1', 'c-1-1', 'd-1-1'], stepsTotal: 4 },
    'nothing stands against it: asked for as well, it would come with b-1-1, c-1-1, d-1-1 and 1 more',
  ],
  [{ kind: 'leftOut', statements: 1960 }, '1,960 statements left out here'],
];

describe('a statement of an explanation', () => {
  it.each(cases.map(([told, text]) => [text, told] as const))('%s', (text, told) => {
    expect(statementText(told)).toBe(text);
  });
});
