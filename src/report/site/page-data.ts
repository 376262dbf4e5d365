import type { RunDocument } from '#run-document';
import { spread } from '#statistics';
import { causeText } from '#tell';
import type { ThingView } from '../view/things/thing.js';
import type { DataTable, Value } from './data.js';

/** Tables of pages about things, by the name of their files: the same table of all pages of a kind, the thing itself in the first column. */
export function thingTables(views: Iterable<ThingView>): ReadonlyMap<string, DataTable> {
  const found = new Map<string, { readonly columns: readonly string[]; readonly rows: Value[][] }>();
  for (const { kind, title, sections } of views) {
    for (const { data, columns, rows, also = {} } of sections.flatMap((section) => section.tables)) {
      const file = found.get(data) ?? { columns: [kind, ...Object.keys(also), ...columns], rows: [] };
      found.set(data, file);
      const first = [title, ...Object.values(also)];
      for (const row of rows)
        file.rows.push([...first, ...row.map(({ text, value }) => (value === undefined ? text : value))]);
    }
  }
  return found;
}

/** Tables of the pages on method, measurements and histories, and of the drawing of a kernel's graph, by the name of their files. */
export function pageTables(run: RunDocument): ReadonlyMap<string, DataTable> {
  const tables: readonly (readonly [string, DataTable])[] = [
    ['times', timesTable(run)],
    ['kernels', objectsTable(run.kernels)],
    [
      'module-sources',
      objectsTable(run.environment.libsolv.sources.map(({ name, version, sha256 }) => ({ name, version, sha256 }))),
    ],
    ['root-causes', causesTable(run)],
    ['fan-out-bins', binsTable(run)],
    ['hubs', objectsTable(run.graph?.hubs ?? [])],
    ['blast-radius', objectsTable(run.graph?.blastRadius ?? [])],
    ['needs', objectsTable(run.graph?.deepest?.edges ?? [])],
    [
      'history-totals',
      objectsTable(
        run.histories.flatMap(({ name, totals }) =>
          totals.map(({ drivers, ...one }) => ({ history: name, ...one, ...drivers })),
        ),
      ),
    ],
    [
      'history-builds',
      objectsTable(
        run.histories.flatMap(({ name, buildService }) =>
          buildService.map(({ reasons, ...one }) => ({ history: name, ...one, ...reasons })),
        ),
      ),
    ],
    ['history-days', daysTable(run)],
  ];
  return new Map(tables);
}

/** Facts that are flat already, as they stand in run.json. */
function objectsTable(objects: readonly Readonly<Record<string, Value | undefined>>[]): DataTable {
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return { columns, rows: objects.map((object) => columns.map((column) => object[column] ?? null)) };
}

function timesTable({ scenarios }: RunDocument): DataTable {
  return {
    columns: ['scenario', 'step', 'request', 'phase', 'medianMs', 'iqrMs', 'samples'],
    rows: scenarios.flatMap(({ id, steps }) =>
      steps.flatMap(({ name, request, phases }) =>
        phases.map(({ phase, samplesMs }) => {
          const { median, iqr } = spread(samplesMs);
          return [id, name, request, phase, median, iqr, samplesMs.length];
        }),
      ),
    ),
  };
}

function causesTable({ rootCauses }: RunDocument): DataTable {
  return {
    columns: ['cause', 'scenarios', 'direct', 'through', 'packages', 'problems'],
    rows: rootCauses.first.map(({ cause, scenarios, direct, through, packages, problems }) => [
      causeText(cause),
      scenarios.join(' '),
      direct,
      through,
      packages,
      problems,
    ]),
  };
}

function binsTable({ graph }: RunDocument): DataTable {
  return {
    columns: ['of', 'from', 'to', 'count'],
    rows: (graph?.histograms ?? []).flatMap(({ of, bins }) => bins.map(({ from, to, count }) => [of, from, to, count])),
  };
}

/** Every machine of every history, day by day. */
function daysTable({ histories }: RunDocument): DataTable {
  const plain = [
    'date',
    'event',
    'what',
    'request',
    'status',
    'packages',
    'erased',
    'downloadBytes',
    'metadataBytes',
    'rules',
    'work',
    'installedBytes',
    'nextBoot',
    'newest',
  ] as const;
  return {
    columns: ['history', 'design', 'machine', ...plain, 'purgedPackages', 'undriven', 'waitsFor'],
    rows: histories.flatMap(({ name, machines }) =>
      machines.flatMap(({ scheme, profile, updates }) =>
        updates.map((update) => [
          name,
          scheme,
          profile,
          ...plain.map((column) => update[column]),
          update.purged?.packages ?? null,
          update.undriven.join(' '),
          update.waitsFor.join(' '),
        ]),
      ),
    ),
  };
}
