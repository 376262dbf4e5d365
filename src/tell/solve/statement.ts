import type { Asker, Preference, Statement, StatementKind, StatementOf } from '#run-document';
import { counted, listed } from '../numbers.js';
import { dependencyText } from './dependency.js';
import { chosenText, policyText } from './rule.js';

/** One statement of an explanation as a sentence without full stop. */
export function statementText(told: Statement): string {
  return textOf(told.kind, told);
}

function textOf<Kind extends StatementKind>(kind: Kind, told: StatementOf<Kind>): string {
  return texts[kind](told);
}

const texts: { readonly [Kind in StatementKind]: (told: StatementOf<Kind>) => string } = {
  asked: ({ asker, action, what }) => `${askerText(asker)} asks ${action === 'erase' ? 'to remove' : 'for'} ${what}`,
  locked: ({ holds, what }) => `a lock keeps ${holds === 'out' ? 'out ' : ''}${what}`,
  kept: keptText,
  requires: requiresText,
  recommends: (told) => `${told.by} recommends ${dependencyText(told)}`,
  supplements: (told) => `${told.by} supplements ${dependencyText(told, 1)}`,
  hardware: ({ modalias }) => `this machine has ${modalias}`,
  nothingProvides: gapText,
  unknownName: ({ asker, name, foreign }) =>
    `${askerText(asker)} asks for ${name}, and no package has that name${foreignText(foreign)}`,
  notInstallable: ({ package: pkg, arch, machine }) =>
    `${pkg} cannot be installed: its architecture is ${arch}, and the machine's is ${machine}`,
  conflicts: conflictText,
  sameName: ({ by, with: other }) => `${by} and ${other} are versions of one package, of which one can be installed`,
  obsoletes: ({ with: other, ...told }) =>
    other === null
      ? `${told.by} obsoletes ${dependencyText(told)}`
      : `${told.by} obsoletes ${other} (${dependencyText(told)})`,
  policy: policyText,
  chosen: chosenText,
  learnt: () => 'this follows from what the solver found while it searched',
  above: ({ package: pkg, installed }) =>
    `${pkg} ${installed ? 'comes or stays' : 'is left out'}, as told elsewhere in this tree`,
  absent: ({ package: pkg }) => `${pkg} is in reach and not installed`,
  needed: ({ by, byInstalled, package: pkg, dependency, others }) =>
    `${by}, which ${byInstalled ? 'is installed' : 'comes'}, requires ${dependency}, which ${pkg} provides${others === 0 ? '' : `; ${counted(others, 'other package requires', 'other packages require')} it too`}`,
  unneeded: ({ package: pkg, names, namesTotal }) =>
    namesTotal === 0
      ? `no package requires anything that ${pkg} provides`
      : `${pkg} is required only by what is not installed: ${listed(names, names.length, namesTotal)}`,
  providedAlready: ({ by, dependency, provider }) =>
    `${by} requires ${dependency}, which ${provider ?? 'another package'} provides already`,
  notSupplemented: (told) => `what ${told.package} supplements is not installed: ${dependencyText(told, 1)}`,
  noHardware: ({ package: pkg, patterns }) =>
    `${pkg} supplements hardware that this machine does not have${patterns === 1 ? '' : ` (${counted(patterns, 'pattern')})`}`,
  withheld: withheldText,
  notFollowed: ({ by, dependency, others, why }) =>
    `${by} ${others === 0 ? 'recommends' : `and ${counted(others, 'other package')} recommend`} ${dependency}, and ${notFollowedTexts[why]}`,
  outranked: ({ by, byInstalled, preference }) =>
    `${by} ${byInstalled ? 'stays' : 'comes'} instead${preferenceText(preference)}`,
  possible: ({ steps, stepsTotal }) =>
    `nothing stands against it: asked for as well, it would come ${stepsTotal === 0 ? 'alone' : `with ${listed(steps, steps.length, stepsTotal)}`}`,
  leftOut: ({ statements }) => `${counted(statements, 'statement')} left out here`,
};

/** `"zypper in kernel-default"` */
export function askerText(asker: Asker): string {
  switch (asker.kind) {
    case 'request':
      return `"zypper ${asker.verb}${asker.name === null ? '' : ` ${asker.name}`}"`;
    case 'question':
      return 'the question';
    case 'lock':
      return 'a lock';
  }
}

function keptText({ package: pkg, why }: StatementOf<'kept'>): string {
  const texts = {
    rule: ' and has to stay or be updated',
    free: ', and nothing speaks against its staying',
    unsolvable: ', and the request has no solution that would change that',
  };
  return `${pkg} is installed${texts[why]}`;
}

function requiresText({ provider, providers, ...told }: StatementOf<'requires'>): string {
  const who =
    provider === null
      ? `${counted(providers, 'package provides', 'packages provide')}`
      : `${providers === 1 ? 'only ' : ''}${provider} provides`;
  return `${told.by} requires ${dependencyText(told)}, which ${who}`;
}

function gapText({ by, asker, foreign, ...told }: StatementOf<'nothingProvides'>): string {
  const who = asker === null ? `${by ?? 'a package'} requires` : `${askerText(asker)} asks for`;
  return `${who} ${dependencyText(told)}, which nothing in reach provides${foreignText(foreign)}`;
}

function foreignText(foreign: StatementOf<'nothingProvides'>['foreign']): string {
  if (foreign === undefined) return '';
  return `; there are packages of that name for ${foreign.architectures.join(', ')}, and this machine is ${foreign.machine}`;
}

function conflictText({ with: other, ...told }: StatementOf<'conflicts'>): string {
  const provider = other === told.by ? ', which it provides itself' : other === null ? '' : `, which ${other} provides`;
  return `${told.by} conflicts with ${dependencyText(told)}${provider}`;
}

function withheldText({ why, other, ...told }: StatementOf<'withheld'>): string {
  const supplements = `${told.package} supplements ${dependencyText(told, 1)}`;
  const texts = {
    otherVersion: `and libsolv leaves it out because another version is there: ${other ?? ''}`,
    before: 'which was there before this request, where only "zypper inr" looks',
    unknown: 'and libsolv leaves it out',
  };
  return `${supplements}, ${texts[why]}`;
}

const notFollowedTexts = {
  noRecommends: 'the request is made without recommendations',
  oldOrMet: 'libsolv follows none that was there before or that another package meets',
};

function preferenceText(preference: Preference): string {
  switch (preference.kind) {
    case 'priority': {
      const { repository, priority, overRepository, overPriority } = preference;
      return `: its repository ${repository} has priority ${priority}, ${overRepository} has ${overPriority}, and the lower number wins`;
    }
    case 'version':
      return ': it is the higher version';
    case 'vendor': {
      const [vendor, other] = [vendorText(preference.vendor), vendorText(preference.overVendor)];
      return `: its vendor is ${vendor}, the other one's is ${other}, and vendors are not changed unasked`;
    }
    case 'parallel':
      return ': its versions are installed beside each other, so that nothing is replaced';
    case 'notUpdated':
      return ': the request does not update it';
    case 'unknown':
      return '';
  }
}

function vendorText(vendor: string): string {
  return vendor === '' ? 'not stated' : `"${vendor}"`;
}
