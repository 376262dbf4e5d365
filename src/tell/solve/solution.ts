import type { SolutionDevices, SolutionEffect, SolutionElement } from '#run-document';
import { deviceStateWords } from '../audit.js';
import { count, counted } from '../numbers.js';
import { andText, withoutNamespace } from './dependency.js';

/** What a way out gives up, in libsolv's order. */
export function solutionText(elements: readonly SolutionElement[]): string {
  return elements.map(elementText).join('; ');
}

function elementText(element: SolutionElement): string {
  switch (element.kind) {
    case 'job':
      return jobText(element);
    case 'erase':
      return `allow ${element.package} to be removed`;
    case 'replace':
      return `allow ${element.package} to be replaced by ${element.replacement}${changeText(element.reasons)}`;
    case 'rule':
      return `${element.installed ? 'keep' : 'install'} ${element.package}${ruleTexts[element.rule] ?? ` against libsolv's rule "${element.rule}"`}`;
    case 'other':
      return `a way out that only a newer kmplab knows (${element.raw})`;
  }
}

const requests: Readonly<Record<string, string>> = {
  install: 'ask for',
  erase: 'ask to remove',
  update: 'ask to update',
  distupgrade: 'ask to upgrade',
  verify: 'ask to verify',
};

function jobText({ asker, action, what }: Extract<SolutionElement, { kind: 'job' }>): string {
  const about = what === null ? 'everything' : what.map(withoutNamespace).join(' or ');
  if (asker.kind === 'lock') return `unlock ${about}`;
  return `do not ${requests[action] ?? `do "${action}" with`} ${about}`;
}

const changes = {
  downgrade: 'a lower version',
  archChange: 'another architecture',
  vendorChange: 'another vendor',
  nameChange: 'another name',
};

function changeText(reasons: readonly (keyof typeof changes)[]): string {
  return reasons.length === 0 ? '' : `, which has ${andText(reasons.map((reason) => changes[reason]))}`;
}

/** libsolv's rules that a solution can set aside (problems.h). */
const ruleTexts: Readonly<Record<string, string>> = {
  distupgrade: ', which is in no repository of the distribution upgrade',
  infarch: ' although its architecture is inferior',
  best: ' although there is a better version',
  black: ' although nobody asks for it by name',
  strictRepoPriority: ' although its repository has a lesser priority',
};

/** Why nobody looked what a way out would do. */
export function notTriedText({ why, number }: Extract<SolutionEffect, { status: 'notTried' }>): string {
  const texts = {
    manyProblems: `more than ${count(number)} problems have to be solved together`,
    manySolutions: `only the first ${count(number)} are tried`,
    problemsRemain: `${counted(number, 'problem remains', 'problems remain')}`,
  };
  return texts[why];
}

/** What a way out costs the next boot in devices. */
export function solutionDevicesText({ nextBoot, driven, lost }: SolutionDevices): string {
  if (nextBoot === null) return 'no kernel would be left';
  if (lost.length === 0) return `no device lost, ${count(driven)} driven by ${nextBoot}`;
  const names = lost.map(({ device, state }) => `${device} (${deviceStateWords[state]})`).join(', ');
  return `${counted(lost.length, 'device')} lost under ${nextBoot}: ${names}`;
}
