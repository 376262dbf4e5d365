import type { MachineStep, RepositorySummary, RunDocument, SchemeComparison, SchemeUpdate } from '#run-document';
import { bytes, count, counted, percent } from '#tell';
import type { BarGroup, BarsChart } from '../charts/bars.js';
import type { Badge } from './badge.js';
import { type SchemeStepTable, schemeStepTables } from './scheme-steps.js';

export interface MachineCell {
  readonly download: string;
  readonly installed: string;
  readonly badge: Badge;
}

/** A row for each machine, so that a reader goes along it from scheme to scheme; there are more machines than schemes. */
export interface MachineTable {
  readonly caption: string;
  readonly schemes: readonly string[];
  readonly rows: readonly { readonly hardware: string; readonly cells: readonly (MachineCell | null)[] }[];
}

export interface SchemesView {
  readonly lead: string;
  readonly chart: BarsChart;
  readonly reading: string;
  /** Scheme, packages, dependencies, primary raw, gzip, zstd, .solv. */
  readonly sizes: readonly (readonly string[])[];
  readonly sizesOf: string;
  /** Scheme, then a cell for each update; and why, in words. */
  readonly updates: { readonly columns: readonly string[]; readonly rows: readonly (readonly UpdateCell[])[] };
  readonly machines: readonly MachineTable[];
  readonly steps: readonly SchemeStepTable[];
}

export interface UpdateCell {
  readonly text: string;
  readonly detail: string;
}

/** Null when the run compared no schemes. */
export function schemesView(run: RunDocument): SchemesView | null {
  const { schemes } = run;
  const [first] = schemes;
  if (first === undefined) return null;
  const step = first.updates.length === 0 ? 'install' : 'update';
  const machines = counted(first.machines.length, 'machine');
  return {
    lead: `${counted(schemes.length, 'scheme')} on the same kernel builds: what a repository of the newest build weighs, what an update makes a build service build, what ${machines} download and get, and what each request of the scenarios came to.`,
    chart: chartOf(run, step),
    reading: `How to read it: the upper bar is the metadata that every client fetches (primary.xml, gzip), the middle bar what a machine then downloads for ${step === 'update' ? 'the last kernel update' : 'the kernel'} (mean over ${machines}), both as shares of the largest. The lower bar is the share of its packages that ${step === 'update' ? 'the last update' : 'an update'} makes a build service build. Short bars are good; a short middle bar can also mean that drivers are missing: see the machines below.`,
    sizes: schemes.map((one) => sizeRow(one, repositoryOf(run, one))),
    sizesOf: first.repository,
    updates: {
      columns: first.updates.map(({ from, to }) => `${from} \u2192 ${to}`),
      rows: schemes.map(({ scheme, updates }) => [{ text: scheme, detail: '' }, ...updates.map(updateCell)]),
    },
    machines: (['install', 'update'] as const).flatMap((name) => machineTable(schemes, name)),
    steps: schemeStepTables(run),
  };
}

function repositoryOf({ repositories }: RunDocument, one: SchemeComparison): RepositorySummary | undefined {
  return repositories.find(({ scheme, name }) => scheme === one.scheme && name === one.repository);
}

function sizeRow({ scheme }: SchemeComparison, repository: RepositorySummary | undefined): string[] {
  if (repository === undefined) return [scheme, ...Array.from({ length: 6 }, () => '\u2013')];
  const size = (value: number | null): string => (value === null ? '\u2013' : bytes(value));
  const { packages, dependencies, primaryBytes, primaryGzipBytes, primaryZstdBytes, solvBytes } = repository;
  const sizes = [primaryBytes, primaryGzipBytes, primaryZstdBytes, solvBytes].map(size);
  return [scheme, count(packages), count(dependencies), ...sizes];
}

export function rebuiltCount({ rebuilt }: SchemeUpdate): number {
  return rebuilt.image + rebuilt.new + rebuilt.changed + rebuilt.tied;
}

function updateCell(update: SchemeUpdate): UpdateCell {
  const total = rebuiltCount(update);
  const { changed, tied, new: added } = update.rebuilt;
  const why = [`${count(changed)} changed`, `${count(tied)} tied`, ...(added === 0 ? [] : [`${count(added)} new`])];
  return {
    text: `${count(total)} of ${count(update.packages)} (${percent(total, update.packages)})`,
    detail: why.join(', '),
  };
}

function machineTable(schemes: readonly SchemeComparison[], name: MachineStep['name']): MachineTable[] {
  const names = schemes[0]?.machines.map(({ hardware }) => hardware) ?? [];
  const rows = names.map((hardware) => ({
    hardware,
    cells: schemes.map(({ machines }) => {
      const machine = machines.find((one) => one.hardware === hardware);
      const step = machine?.steps.find((one) => one.name === name);
      return step === undefined ? null : machineCell(step);
    }),
  }));
  if (rows.every(({ cells }) => cells.every((cell) => cell === null))) return [];
  const what = name === 'install' ? 'a fresh install of the kernel' : 'the update to the next kernel, with zypper up';
  return [{ caption: `Each machine: ${what}`, schemes: schemes.map(({ scheme }) => scheme), rows }];
}

function machineCell({ status, downloadBytes, installedBytesChange, devices, driven }: MachineStep): MachineCell {
  if (status !== 'solved') {
    const text = status === 'noAnswer' ? 'no answer' : 'no solution';
    return { download: '\u2013', installed: '', badge: { tone: 'bad', sign: '\u2260', text } };
  }
  return {
    download: bytes(downloadBytes),
    installed: `${bytes(installedBytesChange)} on disk`,
    badge:
      driven === devices
        ? { tone: 'good', sign: '\u2713', text: `${count(devices)} driven` }
        : { tone: 'bad', sign: '\u2717', text: `${count(driven)} of ${count(devices)} driven` },
  };
}

function chartOf(run: RunDocument, name: MachineStep['name']): BarsChart {
  const rows = run.schemes.map((one) => {
    const last = one.updates.at(-1);
    const loads = one.machines.flatMap(({ steps }) => steps.filter((step) => step.name === name));
    const solved = loads.filter(({ status }) => status === 'solved');
    return {
      scheme: one.scheme,
      metadata: repositoryOf(run, one)?.primaryGzipBytes ?? 0,
      download: solved.reduce((sum, { downloadBytes }) => sum + downloadBytes, 0) / Math.max(1, solved.length),
      rebuilt: last === undefined ? null : { share: rebuiltCount(last) / Math.max(1, last.packages), last },
    };
  });
  const largest = (of: 'metadata' | 'download'): number => rows.reduce((most, row) => Math.max(most, row[of]), 1);
  const groups = rows.map(
    ({ scheme, metadata, download, rebuilt }): BarGroup => ({
      label: scheme,
      bars: [
        { share: metadata / largest('metadata'), text: `${bytes(metadata)} of metadata`, className: 'cause' },
        { share: download / largest('download'), text: `${bytes(download)} to download`, className: 'effect' },
        ...(rebuilt === null
          ? []
          : [
              {
                share: rebuilt.share,
                text: `${percent(rebuiltCount(rebuilt.last), rebuilt.last.packages)} of packages rebuilt`,
                className: 'other' as const,
              },
            ]),
      ],
    }),
  );
  return {
    id: 'chart-schemes',
    title: 'What each scheme costs clients and the build service',
    description: groups.map(({ label, bars }) => `${label}: ${bars.map(({ text }) => text).join(', ')}.`).join(' '),
    groups,
  };
}
