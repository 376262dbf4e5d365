import type { Audit, AuditedDevice, ScenarioResult, StepResult } from '#run-document';
import { counted } from '#tell';

/** What each request did and what it cost the machine, and what that has in the end, in sentences made from the numbers. */
export function answerOf(steps: readonly StepResult[]): string {
  const last = steps.at(-1);
  if (last === undefined) return 'Nothing was solved.';
  const happened = steps.map((step, index) => {
    const before = steps[index - 1];
    const amiss = amissText(step);
    const isNews = step !== last && amiss !== (before === undefined ? '' : amissText(before));
    return `${whatHappened(step)}${isNews ? amiss || '; nothing is missing then' : ''}.`;
  });
  return [...happened, whatTheMachineHas(last)].join(' ');
}

function whatHappened({ request, outcome, counters }: StepResult): string {
  if (outcome.status === 'unsolvable') {
    const many = outcome.problems.length === 1 ? '' : ` (${outcome.problems.length} problems)`;
    return `"${request}" has no solution${many}: ${outcome.problems[0]?.cause ?? ''}`;
  }
  if (outcome.steps.length === 0) return `"${request}" changes nothing`;
  const gone = outcome.steps.filter(({ type }) => type === 'erase' || type === 'obsoleted').length;
  const comes = outcome.steps.length - gone;
  const brings = `brings ${counted(comes, 'package')} (${megabytes(counters.downloadBytes)} to download)`;
  const removes = `removes ${comes === 0 ? counted(gone, 'package') : gone}`;
  const does = [...(comes === 0 ? [] : [brings]), ...(gone === 0 ? [] : [removes])].join(' and ');
  const solves = counters.solves === 1 ? '' : `, after solving the pool ${counters.solves} times`;
  return `"${request}" ${does}${solves}`;
}

/** Devices without a driver that a sentence names. */
const namedMax = 3;

function whatTheMachineHas(step: StepResult): string {
  const { audit, violations, violationsTotal } = step;
  if (audit.nextBoot === null) return 'No kernel is installed.';
  const kernel = audit.kernels.find(({ release }) => release === audit.nextBoot);
  const devices = atNextBoot(audit);
  const driven = devices.filter(({ state }) => state === 'driven').length;
  const modules = `${counted(kernel?.loadable ?? 0, 'kernel module')} ready to load${kernel?.refused ? ` and ${kernel.refused} refused` : ''}`;
  const broken =
    violations.length === 0 ? '' : `; the verifier objects: ${violationText(violations[0], violationsTotal)}`;
  const hardware = devices.length === 0 ? '' : `, ${driven} of ${counted(devices.length, 'device')} driven`;
  return `The next boot takes ${audit.nextBoot} with ${modules}${hardware}${amissText(step)}${broken}.`;
}

function atNextBoot({ devices, nextBoot }: Audit): AuditedDevice[] {
  return devices.filter(({ kernel }) => kernel === nextBoot);
}

/** What the next boot lacks, and what it has from its initrd alone; empty where nothing is to be said. */
function amissText({ audit }: StepResult): string {
  const devices = atNextBoot(audit);
  const without = devices.filter(({ state }) => state !== 'driven').map(deviceText);
  const early = devices.filter(({ drivers }) => drivers.some((driver) => driver.endsWith(' (initrd)')));
  const named = (what: string, texts: readonly string[]): string => {
    const more = texts.length > namedMax ? ` and ${texts.length - namedMax} more` : '';
    return texts.length === 0 ? '' : `; ${what}: ${texts.slice(0, namedMax).join(', ')}${more}`;
  };
  const byInitrd = early.map(({ device }) => device);
  const root = audit.kernels.find(({ release }) => release === audit.nextBoot)?.root ?? null;
  return `${named('without a driver', without)}${named('by the initrd alone', byInitrd)}${rootText(root)}`;
}

/** Only what is amiss: a root file system that is mounted is what everybody expects. */
function rootText(needs: Audit['kernels'][number]['root']): string {
  const missing = (needs ?? []).filter(({ state }) => state !== 'ready');
  if (missing.length === 0) return '';
  const words = {
    notInInitrd: 'not in the initrd',
    refused: 'refused',
    notInstalled: 'not installed',
    unknown: 'not in reach',
    ready: '',
  } as const;
  const named = missing.map(({ need, state }) => `${need} ${words[state]}`);
  return `; the root file system is not mounted: ${named.join(', ')}`;
}

function violationText(first: StepResult['violations'][number] | undefined, total: number): string {
  if (first === undefined) return counted(total, 'violation');
  const other = first.other === null ? '' : ` and ${first.other}`;
  const more = total > 1 ? `, and ${total - 1} more` : '';
  return `${first.kind} of ${first.package}${other} over ${first.subject}${more}`;
}

function deviceText({ device, state, drivers }: AuditedDevice): string {
  switch (state) {
    case 'refused':
      return `${device} (${drivers.join(', ')} is refused)`;
    case 'notInstalled':
      return `${device} (${drivers.join(', ')} not installed)`;
    case 'noDriver':
      return `${device} (none in reach)`;
    case 'driven':
      return device;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Whether every expectation of every step was met. */
export function statusOf(steps: readonly StepResult[]): ScenarioResult['status'] {
  return steps.every(({ expectations }) => expectations.every(({ passed }) => passed)) ? 'passed' : 'failed';
}
