import type { AuditedKernel, ScenarioResult, StepResult } from '#run-document';
import { atNextBoot, lackingDeviceText, missingNeeds, violationText } from './audit.js';
import { endedInText, noAnswerText } from './no-answer.js';
import { bytes, count, counted, listed } from './numbers.js';
import { isNotApplicable } from './outcome.js';
import { problemText } from './solve/kabi.js';

/** What a scenario came to: what each request did and cost, and what the machine has in the end. */
export function answerText({ error, steps }: Pick<ScenarioResult, 'error' | 'steps'>): string {
  if (error !== null) return 'This scenario could not be run.';
  const last = steps.at(-1);
  if (last === undefined) return 'Nothing was solved.';
  const happened = steps.flatMap((step, index) => {
    const before = steps[index - 1];
    const amiss = amissSentences(step);
    const isNews =
      index < steps.length - 1 && amiss.join() !== (before === undefined ? '' : amissSentences(before).join());
    return [whatHappened(step), ...(isNews ? (amiss.length > 0 ? amiss : ['Nothing is missing then.']) : [])];
  });
  return [...happened, ...whatTheMachineHas(last)].join(' ');
}

/** `"zypper up" brings 4 packages (12.3 MB to download) and removes 2.` */
function whatHappened(step: StepResult): string {
  const { request, outcome, counters } = step;
  if (isNotApplicable(step)) return `"${request}" asks for what this scheme does not have.`;
  if (outcome.status === 'noAnswer')
    return `"${request}" gets ${noAnswerText(outcome.within)}. ${endedInText(outcome)}`;
  if (outcome.status === 'unsolvable') {
    const many = outcome.problems.length === 1 ? '' : ` (${counted(outcome.problems.length, 'problem')})`;
    const [first] = outcome.problems;
    return `"${request}" has no solution${many}${first === undefined ? '' : `: ${problemText(first)}`}.`;
  }
  if (outcome.steps.length === 0) return `"${request}" changes nothing.`;
  const gone = outcome.steps.filter(({ type }) => type === 'erase' || type === 'obsoleted').length;
  const comes = outcome.steps.length - gone;
  const does = [
    ...(comes === 0 ? [] : [`brings ${counted(comes, 'package')} (${bytes(counters.downloadBytes)} to download)`]),
    ...(gone === 0 ? [] : [`removes ${comes === 0 ? counted(gone, 'package') : count(gone)}`]),
  ].join(' and ');
  return `"${request}" ${does}${counters.solves === 1 ? '' : `, after ${count(counters.solves)} solves`}.`;
}

/** Devices and needs that a sentence names. */
const namedMax = 3;

function whatTheMachineHas(step: StepResult): string[] {
  const { audit, violations, violationsTotal } = step;
  if (audit.nextBoot === null) return ['No kernel is installed.'];
  const [first] = violations;
  const more = violationsTotal > 1 ? `, and ${count(violationsTotal - 1)} more` : '';
  const violation = first === undefined ? [] : [`The verifier objects: ${violationText(first)}${more}.`];
  return [
    `The next boot takes ${audit.nextBoot}, which ${whatItLoads(nextKernel(step), step)}.`,
    ...amissSentences(step),
    ...violation,
  ];
}

function whatItLoads(kernel: AuditedKernel | undefined, { audit }: StepResult): string {
  const { loadable = 0, refused = 0 } = kernel ?? {};
  const devices = atNextBoot(audit);
  const driven = devices.filter(({ state }) => state === 'driven').length;
  const refuses = refused === 0 ? '' : ` and refuses ${count(refused)}`;
  const drives = devices.length === 0 ? '' : `; it drives ${count(driven)} of ${counted(devices.length, 'device')}`;
  return `loads ${counted(loadable, 'kernel module')}${refuses}${drives}`;
}

function nextKernel({ audit }: StepResult): AuditedKernel | undefined {
  return audit.kernels.find(({ release }) => release === audit.nextBoot);
}

/** What the next boot lacks, and what it has from its initrd alone; none where nothing is to be said. */
function amissSentences(step: StepResult): string[] {
  const devices = atNextBoot(step.audit);
  const without = devices.filter(({ state }) => state !== 'driven').map(lackingDeviceText);
  const byInitrd = devices.filter(({ drivers }) => drivers.some(({ from }) => from === 'initrd'));
  const missing = missingNeeds(nextKernel(step)?.root ?? null);
  return [
    ...sentence('Without a driver', without),
    ...sentence(
      'Driven from the initrd alone',
      byInitrd.map(({ device }) => device),
    ),
    ...sentence('The root file system is not mounted', missing),
  ];
}

function sentence(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${listed(names, namedMax)}.`];
}
