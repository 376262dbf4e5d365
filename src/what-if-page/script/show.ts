import type { StepResult } from '#run-document';
import {
  atNextBoot,
  brokenWords,
  counted,
  evidenceText,
  lackingDeviceText,
  outcomeSummary,
  outcomeText,
  refusedText,
  rootText,
  stepLine,
} from '#tell';
import { element, table } from './dom.js';

/** Steps that are shown at once; the rest unfolds. */
const stepsShown = 150;

/** What a request does to a machine, as elements. */
export function answerElements({ outcome, counters, audit, promises }: StepResult): HTMLElement[] {
  return [
    element('p', { class: 'lead' }, `${outcomeSummary(outcome, counters)}.`),
    ...bootElements(audit),
    ...promiseElements(promises),
    ...transactionElements(outcome, counters),
  ];
}

function bootElements(audit: StepResult['audit']): HTMLElement[] {
  const kernel = audit.kernels.find(({ release }) => release === audit.nextBoot);
  if (kernel === undefined) return [element('h3', {}, 'The next boot'), element('p', {}, 'No kernel is installed.')];
  const devices = atNextBoot(audit);
  const lacking = devices.filter(({ state }) => state !== 'driven');
  const rows = [
    ['Kernel', kernel.release],
    ['Devices with a driver', `${devices.length - lacking.length} of ${devices.length}`],
    ...(lacking.length === 0 ? [] : [['Without a driver', lacking.map(lackingDeviceText).join(', ')]]),
    ['Root file system', rootText(kernel.root)],
    ['Kernel modules that it refuses', refusedText(kernel)],
  ];
  return [element('h3', {}, 'The next boot'), table('What the next boot finds', ['Of the machine', 'State'], rows)];
}

function promiseElements(promises: StepResult['promises']): HTMLElement[] {
  const rows = promises.flatMap((result) =>
    result.status === 'broken'
      ? [[brokenWords[result.promise], result.evidence.map(evidenceText).join('; '), String(result.total)]]
      : [],
  );
  const head = element('h3', {}, 'Promises');
  const kept = promises.filter(({ status }) => status === 'kept').length;
  if (rows.length === 0) return [head, element('p', {}, `None is broken; ${counted(kept, 'promise')} kept.`)];
  return [head, table('Broken promises', ['What is broken', 'First evidence', 'In all'], rows)];
}

function transactionElements(outcome: StepResult['outcome'], counters: StepResult['counters']): HTMLElement[] {
  if (outcome.status === 'noAnswer') return [element('p', {}, outcomeText(outcome, counters))];
  if (outcome.status === 'unsolvable') {
    const text = element('pre', { tabindex: '0', 'aria-label': 'Problems' }, outcomeText(outcome, counters));
    return [element('h3', {}, 'Why there is no solution'), text];
  }
  const { steps, unknown } = outcome;
  const head = element('h3', {}, 'The transaction');
  const notes = unknown.map((name) => element('p', {}, `Nothing is called "${name}", and nothing provides it.`));
  if (steps.length === 0) return [head, ...notes, element('p', {}, 'Nothing to do.')];
  const lines = (some: typeof steps): HTMLElement =>
    element('ol', { class: 'steps' }, ...some.map((step) => element('li', {}, stepLine(step))));
  const more = steps.slice(stepsShown);
  const rest = element('details', {}, element('summary', {}, counted(more.length, 'more step')), lines(more));
  return [head, ...notes, lines(steps.slice(0, stepsShown)), ...(more.length === 0 ? [] : [rest])];
}
