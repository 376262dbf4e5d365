import type { Claim, HistoryResult, MachineHistory, MachineUpdate, RunDocument } from '#run-document';
import { brokenWords, bytes, claimSentence, claimTitle, count, counted, linksStoppedText, percent } from '#tell';
import type { BarsChart } from '../charts/bars.js';
import type { Badge } from './badge.js';

export interface HistoryView {
  readonly title: string;
  readonly lead: string;
  /** Why it did not run, a line each; empty where it did. */
  readonly error: readonly string[];
  readonly claims: readonly {
    readonly claim: string;
    readonly rows: readonly { readonly scheme: string; readonly badge: Badge; readonly sentence: string }[];
  }[];
  readonly chart: BarsChart;
  readonly reading: string;
  readonly totals: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly builds: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly machines: readonly MachineView[];
  readonly rerun: string;
}

export interface MachineView {
  readonly summary: string;
  readonly rows: readonly (readonly string[])[];
}

export const machineColumns = [
  'Day',
  'Published',
  'Request',
  'Packages',
  'Download',
  'Metadata',
  'Rules',
  'Work',
  'Purged',
  'Disk',
  'Next boot',
  'Without a driver, and why',
];

export function historyViews({ histories }: RunDocument): HistoryView[] {
  return histories.map(historyView);
}

function historyView(history: HistoryResult, index: number): HistoryView {
  const { name, description, error, kernels, profiles, schemes, claims, machines, rerun } = history;
  const [first, last] = [kernels[0], kernels.at(-1)];
  return {
    title: name,
    lead:
      error === null
        ? `${description}. ${counted(kernels.length, 'kernel build')} from ${first?.date ?? ''} to ${last?.date ?? ''}, ${counted(profiles.length, 'machine')} that update${profiles.length === 1 ? 's' : ''} on every day something is published for ${profiles.length === 1 ? 'it' : 'them'}, under ${counted(schemes.length, 'scheme')}.`
        : 'It could not be run.',
    error: error === null ? [] : error.split('\n'),
    claims: [...new Set(claims.map(({ claim }) => claim))].map((claim) => ({
      claim: claimTitle(claim),
      rows: claims
        .filter((one) => one.claim === claim)
        .map((one) => ({ scheme: one.scheme, badge: claimBadges[one.status], sentence: claimSentence(one) })),
    })),
    chart: chartOf(history, index),
    reading:
      'How to read it: the upper bar is the share of all kernel modules that the updates of the history make a build service build again, the lower ' +
      'bar what all machines together download, metadata included, as a share of what they download with the monolithic kernel. Short bars are ' +
      'good; a short lower bar can also mean that drivers are missing: see the table.',
    totals: totalsTable(history),
    builds: buildsTable(history),
    machines: machines.map(machineView),
    rerun,
  };
}

const claimBadges: Readonly<Record<Claim['status'], Badge>> = {
  holds: { tone: 'good', sign: '\u2713', text: 'holds' },
  partly: { tone: 'unknown', sign: '\u223c', text: 'in part' },
  fails: { tone: 'bad', sign: '\u2717', text: 'does not hold' },
  unknown: { tone: 'unknown', sign: '?', text: 'not tested' },
  notApplicable: { tone: 'plain', sign: '', text: 'not applicable' },
};

function chartOf(history: HistoryResult, index: number): BarsChart {
  const { totals } = history;
  const base = totals.find(({ scheme }) => scheme === 'monolithic')?.downloadBytes ?? 0;
  const groups = totals.map((total) => ({
    label: total.scheme,
    bars: [
      {
        share: total.kernelModules === 0 ? 0 : total.kernelModulesRebuilt / total.kernelModules,
        text: `${percent(total.kernelModulesRebuilt, total.kernelModules)} built again`,
        className: 'cause' as const,
      },
      {
        share: base === 0 ? 0 : total.downloadBytes / base,
        text: `${bytes(total.downloadBytes)} downloaded`,
        className: 'effect' as const,
      },
    ],
  }));
  return {
    id: `chart-history-${index}`,
    title: 'What the history costs the build service and the network, by scheme',
    description: 'Two bars for each scheme as shares of the monolithic kernel; the table below has the numbers.',
    groups,
    end: Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ share }) => share))),
  };
}

function totalsTable(history: HistoryResult): HistoryView['totals'] {
  return {
    columns: [
      'Scheme',
      'Kernel modules built again',
      'Packages per update',
      'Download per update',
      'Disk at the end',
      'Work per update',
      'Solves to purge',
      'No solution',
      'Machines that lost a device',
      'Days behind',
      'Days without a vendor\u2019s driver',
      'Drivers that came alone, and load',
    ],
    rows: history.totals.map((total) => [
      total.scheme,
      `${count(total.kernelModulesRebuilt)} of ${count(total.kernelModules)}`,
      count(total.packagesMedian),
      bytes(total.downloadBytesMedian),
      bytes(total.installedBytesMedian),
      `${count(total.workMedian / 1e6)} M`,
      count(total.purgeSolves),
      count(total.unsolvable),
      `${count(total.machinesLosing)} of ${count(total.machines)}`,
      count(total.daysBehind),
      count(total.daysWaited),
      `${count(total.drivers.alone)} of ${count(total.drivers.asked)}, ${count(total.drivers.loaded)}`,
    ]),
  };
}

/** Kernel modules built again, a column for each update. */
function buildsTable({ buildService, kernels }: HistoryResult): HistoryView['builds'] {
  const schemes = [...new Set(buildService.map(({ scheme }) => scheme))];
  const releases = kernels.slice(1).map(({ release }) => release);
  const cell = (scheme: string, release: string): string => {
    const update = buildService.find((one) => one.scheme === scheme && one.to === release);
    return update === undefined ? '\u2013' : count(update.kernelModulesRebuilt);
  };
  return {
    columns: ['Scheme', ...releases],
    rows: schemes.map((scheme) => [scheme, ...releases.map((release) => cell(scheme, release))]),
  };
}

function machineView({ profile, scheme, updates, daysBehind, waits }: MachineHistory): MachineView {
  const losing = updates.filter(({ undriven }) => undriven.length > 0).length;
  const troubles = [
    ...brokenPromises(updates),
    ...(losing === 0 ? [] : [`lacks a driver after ${counted(losing, 'update')}`]),
    ...(daysBehind === 0 ? [] : [`${counted(daysBehind, 'day')} behind`]),
    ...waits.filter(({ days }) => days > 0).map(({ driver, days }) => `${counted(days, 'day')} without ${driver}`),
  ];
  return {
    summary: `${profile} under ${scheme}: ${troubles.length === 0 ? 'nothing amiss' : troubles.join(', ')}`,
    rows: updates.map((update) => [
      update.date,
      update.what,
      update.request,
      packagesText(update),
      bytes(update.downloadBytes),
      bytes(update.metadataBytes),
      count(update.rules),
      `${count(update.work / 1e6)} M`,
      purgedText(update),
      bytes(update.installedBytes),
      update.nextBoot === update.newest ? update.newest : `${update.nextBoot ?? 'none'}, not ${update.newest}`,
      [
        ...update.undriven,
        ...update.waitsFor,
        ...(update.lost.length > 0 && update.linksStopped !== null ? [linksStoppedText(update.linksStopped)] : []),
      ].join(', '),
    ]),
  };
}

/** What was broken, and after how many requests; that a device lost its driver is told with what is missing at the end of each day. */
function brokenPromises(updates: readonly MachineUpdate[]): string[] {
  const broken = updates.flatMap(({ promises, purged }) =>
    [...promises, ...(purged?.promises ?? [])]
      .filter(({ status }) => status === 'broken')
      .map(({ promise }) => promise),
  );
  return [...new Set(broken)]
    .filter((promise) => promise !== 'drivenStaysDriven')
    .map((promise) => `${brokenWords[promise]} (${count(broken.filter((one) => one === promise).length)})`);
}

function purgedText({ purged }: MachineUpdate): string {
  if (purged === null || purged.packages === 0) return '';
  return `${purged.kernels.join(', ')}: ${counted(purged.packages, 'package')}, ${counted(purged.solves, 'solve')}`;
}

function packagesText({ status, packages, problems }: MachineUpdate): string {
  switch (status) {
    case 'solved':
      return count(packages);
    case 'unsolvable':
      return `no solution (${counted(problems, 'problem')})`;
    case 'noAnswer':
      return 'no answer';
  }
}
