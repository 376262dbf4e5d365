import type { RunDocument } from '#run-document';
import { median } from '#statistics';
import { brokenPromises, visible, visibleJson } from '#tell';
import { designFigures } from '../designs/figures.js';
import { findings } from '../view/findings.js';
import { historyPromises } from '../view/history-promises.js';
import { wallRows } from '../view/wall.js';
import type { Pages } from './pages.js';

export type Value = string | number | null;

/** The numbers of a chart or table, unrounded. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Tables of the index page by the name of their files. */
export function indexTables(run: RunDocument, pages: Pages): ReadonlyMap<string, DataTable> {
  const tables: readonly (readonly [string, DataTable])[] = [
    ['designs', designsTable(run, pages)],
    ['findings', findingsTable(run, pages)],
    ['costs', costsTable(run, pages)],
    ['growth', growthTable(run)],
    ['churn', churnTable(run)],
    ['histories', historiesTable(run)],
    ['fan-out', fanOutTable(run)],
    ['scenarios', scenariosTable(run)],
  ];
  return new Map(tables);
}

/** As RFC 4180 has it. Text that a spreadsheet would take for a formula is told to be text. */
export function csv({ columns, rows }: DataTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const shown = visible(value);
  const text = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The same as a list of objects. */
export function json({ columns, rows }: DataTable): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
  return `${visibleJson(objects)}\n`;
}

function designsTable(run: RunDocument, pages: Pages): DataTable {
  const parts = ['solver', 'transfer', 'rpm', 'depmod', 'scripts', 'initrd'] as const;
  const shares = ['bootsInstall', 'bootsUpdate', 'bootsKernelByName', 'devices', 'driverAlone'];
  return {
    columns: [
      'design',
      ...shares.flatMap((name) => [name, `${name}Of`]),
      'installBytes',
      'updateBytes',
      'diskBytes',
      'refreshBytes',
      'rebuilt',
      'rebuiltOf',
      ...parts.flatMap((part) => [`${part}SecondsLow`, `${part}SecondsHigh`]),
    ],
    rows: designFigures(run, pages)
      .filter(({ refused }) => refused === null)
      .map((row) => [
        row.design,
        ...[row.boots.install, row.boots.update, row.boots.kernelByName, row.devices, row.driverAlone].flatMap(
          ({ holds, of }) => [of === 0 ? null : holds, of],
        ),
        row.installBytes?.value ?? null,
        row.updateBytes?.value ?? null,
        row.diskBytes?.value ?? null,
        row.refreshBytes?.value ?? null,
        row.rebuilt?.packages ?? null,
        row.rebuilt?.of ?? null,
        ...parts.flatMap((part) => {
          const found = row.wall.find((wall) => wall.part === part);
          return [found?.seconds.low ?? null, found?.seconds.high ?? null];
        }),
      ]),
  };
}

function findingsTable(run: RunDocument, pages: Pages): DataTable {
  return {
    columns: [
      'scenario',
      'design',
      'topic',
      'trap',
      'severity',
      'request',
      'broken',
      'machinesBroken',
      'machines',
      'verbs',
      'devices',
      'confirmedByZypper',
    ],
    rows: findings(run, pages).map((finding) => [
      finding.name,
      finding.design,
      finding.topic,
      String(finding.trap),
      finding.severity,
      finding.worst.step.request,
      finding.broken.join(' '),
      finding.machines.broken,
      finding.machines.of,
      finding.verbs.join(' '),
      finding.devices.join(' '),
      String(finding.confirmed),
    ]),
  };
}

function costsTable(run: RunDocument, pages: Pages): DataTable {
  return {
    columns: ['update', 'part', 'basis', 'secondsLow', 'secondsHigh'],
    rows: wallRows(run, pages).flatMap(({ label, wall }) =>
      wall.map(({ part, basis, seconds }) => [label, part, basis, seconds.low, seconds.high]),
    ),
  };
}

function growthTable({ growth }: RunDocument): DataTable {
  return {
    columns: ['series', 'design', 'regime', 'seed', 'size', 'phase', 'work', 'medianMs', 'samples'],
    rows: growth.flatMap(({ name, scheme, regime, points }) =>
      points.flatMap(({ seed, size, counters, phases }) =>
        phases.map(({ phase, samplesMs }) => [
          name,
          scheme,
          regime,
          seed,
          size,
          phase,
          counters.work?.[phase] ?? null,
          median(samplesMs),
          samplesMs.length,
        ]),
      ),
    ),
  };
}

function churnTable({ churn }: RunDocument): DataTable {
  return {
    columns: ['from', 'to', 'symbols', 'changed', 'added', 'lost', 'kernelModules', 'broken', 'brokenInAll'],
    rows: churn.map((one) => [
      one.from,
      one.to,
      one.symbols,
      one.changed,
      one.added,
      one.lost,
      one.kernelModules,
      one.broken,
      one.brokenInAll,
    ]),
  };
}

function historiesTable({ histories }: RunDocument): DataTable {
  return {
    columns: ['history', 'promise', 'design', 'broken'],
    rows: histories.flatMap((history) => {
      const { columns, rows } = historyPromises(history);
      return rows.flatMap(([promise, ...cells]) =>
        cells.map(({ text }, at) => [history.name, promise?.text ?? '', columns[at + 1] ?? '', text]),
      );
    }),
  };
}

function fanOutTable({ graph }: RunDocument): DataTable {
  const of = ['importsPerModule', 'exportsPerModule', 'outDegree', 'closure', 'depth', 'inDegree', 'fanIn'] as const;
  return {
    columns: ['of', 'mean', 'p50', 'p90', 'p99', 'max'],
    rows:
      graph === null
        ? []
        : of.map((name) => [name, ...(['mean', 'p50', 'p90', 'p99', 'max'] as const).map((at) => graph[name][at])]),
  };
}

/** Every step of every scenario: its exact counters. */
function scenariosTable({ scenarios }: RunDocument): DataTable {
  return {
    columns: ['file', 'scenario', 'design', 'hardware', 'recorded', 'step', 'request', 'outcome', ...counted, 'broken'],
    rows: scenarios.flatMap((scenario) =>
      scenario.steps.map((step) => [
        scenario.file,
        scenario.id,
        scenario.scheme,
        scenario.hardware,
        scenario.status,
        step.name,
        step.request,
        step.outcome.status,
        ...counted.map((name) => step.counters[name]),
        brokenPromises(step).join(' '),
      ]),
    ),
  };
}

const counted = [
  'solvables',
  'installed',
  'rulesTotal',
  'learnt',
  'decisions',
  'problems',
  'steps',
  'downloadBytes',
  'installedBytesChange',
  'heapBytesMax',
] as const;

/** The page of a scenario has its facts beside it, as run.json has them, and every sample. */
export function scenarioTables({ scenarios }: RunDocument, file: string): { table: DataTable; facts: unknown } {
  const results = scenarios.filter((scenario) => scenario.file === file);
  return {
    facts: results,
    table: {
      columns: ['scenario', 'step', 'phase', 'sample', 'milliseconds', 'work'],
      rows: results.flatMap(({ id, steps }) =>
        steps.flatMap(({ name, phases, counters }) =>
          phases.flatMap(({ phase, samplesMs }) =>
            samplesMs.map((ms, nth) => [id, name, phase, nth + 1, ms, counters.work?.[phase] ?? null]),
          ),
        ),
      ),
    },
  };
}
