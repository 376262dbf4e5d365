import { append } from '#collections';
import type { PromiseId, RunDocument, ScenarioResult, StepResult } from '#run-document';
import { brokenPromises, brokenWords, type Severity, severities, severityWords, stepSeverity } from '#tell';
import { type Pages, scenarioName } from '../site/pages.js';
import type { Address } from '../site/place.js';

/** What a scenario file came to under one design, all its machines together. */
export interface Finding {
  readonly file: string;
  readonly name: string;
  readonly design: string;
  readonly question: string;
  readonly topic: string;
  readonly trap: boolean;
  readonly severity: Severity;
  /** The worst step of the worst machine. */
  readonly worst: { readonly result: ScenarioResult; readonly step: StepResult };
  readonly at: Address | null;
  readonly broken: readonly PromiseId[];
  /** Machines, or other ways to run the file, on which something is broken, of all. */
  readonly machines: { readonly broken: number; readonly of: number };
  readonly verbs: readonly string[];
  /** Classes of the devices that the worst step leaves without a driver. */
  readonly devices: readonly string[];
  readonly confirmed: boolean;
}

export interface FindingRow {
  readonly name: string;
  readonly question: string;
  readonly design: string;
  readonly at: Address | null;
  readonly request: string;
  readonly broken: readonly string[];
  readonly severity: Severity;
  readonly severityText: string;
  readonly machines: string;
  readonly confirmed: boolean;
  /** Values of the filters, as their controls have them. */
  readonly filters: Readonly<Record<FilterName, readonly string[]>>;
}

export const filterNames = ['design', 'verb', 'device', 'severity'] as const;
export type FilterName = (typeof filterNames)[number];

export interface Filter {
  readonly name: FilterName;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly text: string }[];
}

export interface FindingsView {
  readonly groups: readonly {
    readonly title: string;
    readonly rows: readonly FindingRow[];
    readonly whole: readonly { readonly name: string; readonly at: Address | null }[];
  }[];
  readonly filters: readonly Filter[];
}

const topicTitles: readonly (readonly [string, string])[] = [
  ['updates', 'Fresh machines and updates'],
  ['severalKernels', 'Several kernels'],
  ['wrongHelpers', 'Helpers of the wrong kernel'],
  ['fourKernels', 'Four kernels in reach'],
  ['outsideDrivers', 'Drivers from outside of the kernel package'],
  ['hardware', 'Hardware, and what a machine needs'],
  ['', 'Other scenarios'],
];
const trapTitle = 'Traps: machines and requests that nobody should have';

/** Scenarios in which some step breaks a promise, the worst first. */
export function findings({ scenarios }: RunDocument, pages: Pages): Finding[] {
  const byFile = new Map<string, ScenarioResult[]>();
  for (const result of scenarios) append(byFile, JSON.stringify([result.file, result.scheme]), result);
  return [...byFile.values()].flatMap((results) => findingOf(results, pages)).sort(bySeverity);
}

function bySeverity(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.broken.length - a.broken.length ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}

function findingOf(results: readonly ScenarioResult[], pages: Pages): Finding[] {
  const steps = results.flatMap((result) =>
    result.steps.flatMap((step) => {
      const severity = stepSeverity(step);
      return severity === null ? [] : [{ result, step, severity, broken: brokenPromises(step) }];
    }),
  );
  const [first, ...others] = steps;
  if (first === undefined) return [];
  const worse = (a: typeof first, b: typeof first): boolean =>
    b.broken.length > a.broken.length ||
    (b.broken.length === a.broken.length && severities.indexOf(b.severity) < severities.indexOf(a.severity));
  const worst = others.reduce((most, other) => (worse(most, other) ? other : most), first);
  const { result, step, broken } = worst;
  return [
    {
      file: result.file,
      name: scenarioName(result.file),
      design: result.scheme,
      question: result.question,
      topic: result.topic ?? '',
      trap: result.trap,
      severity: severities.find((one) => steps.some(({ severity }) => severity === one)) ?? worst.severity,
      worst: { result, step },
      at: pages.step(step),
      broken,
      machines: { broken: new Set(steps.map((step) => step.result)).size, of: results.length },
      verbs: unique(steps.map((step) => step.step.facts.verb)),
      devices: unique(steps.flatMap((step) => lostClasses(step.step))),
      confirmed: result.comparedWith === 'zypper',
    },
  ];
}

function lostClasses({ audit }: StepResult): string[] {
  return audit.devices
    .filter(({ kernel, state }) => kernel === audit.nextBoot && (state === 'refused' || state === 'notInstalled'))
    .map((device) => device.class);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** Null where no scenario ran. */
export function findingsView(run: RunDocument, pages: Pages): FindingsView | null {
  const ran = run.scenarios.filter(({ steps }) => steps.length > 0);
  if (ran.length === 0) return null;
  const found = findings(run, pages);
  const values = (read: (finding: Finding) => readonly string[]): string[] => unique(found.flatMap(read));
  const filters: Filter[] = [
    {
      name: 'severity',
      label: 'What happens',
      values: present(
        severities,
        values((finding) => [finding.severity]),
        severityWords,
      ),
    },
    { name: 'design', label: 'Design', values: values((finding) => [finding.design]).map(same) },
    { name: 'verb', label: 'Verb', values: values((finding) => finding.verbs).map(same) },
    { name: 'device', label: 'Device', values: values((finding) => finding.devices).map(same) },
  ];
  const group = (title: string, isOf: (one: { topic: string; trap: boolean }) => boolean): FindingsView['groups'] => {
    const rows = found.filter(isOf);
    const broken = new Set(rows.map(({ file, design }) => JSON.stringify([file, design])));
    const whole = new Map(
      ran
        .filter((one) => isOf({ topic: one.topic ?? '', trap: one.trap }))
        .filter((one) => !broken.has(JSON.stringify([one.file, one.scheme])))
        .map((one) => [one.file, one]),
    );
    if (rows.length === 0 && whole.size === 0) return [];
    const kept = [...whole.keys()].map((file) => ({ name: scenarioName(file), at: pages.of('scenario', file) }));
    return [{ title, rows: rows.map(findingRow), whole: kept }];
  };
  const known = topicTitles.map(([topic]) => topic);
  return {
    filters: filters.filter((filter) => filter.values.length > 1),
    groups: [
      ...topicTitles.flatMap(([topic, title]) =>
        group(title, (one) => !one.trap && (known.includes(one.topic) ? one.topic === topic : topic === '')),
      ),
      ...group(trapTitle, ({ trap }) => trap),
    ],
  };
}

function same(value: string): { value: string; text: string } {
  return { value, text: value };
}

function present(
  order: readonly Severity[],
  found: readonly string[],
  words: Readonly<Record<Severity, string>>,
): Filter['values'] {
  return order.filter((one) => found.includes(one)).map((value) => ({ value, text: words[value] }));
}

function findingRow(finding: Finding): FindingRow {
  const { broken, of } = finding.machines;
  return {
    name: finding.name,
    question: finding.question,
    design: finding.design,
    at: finding.at,
    request: finding.worst.step.request,
    broken: finding.broken.map((promise) => brokenWords[promise]),
    severity: finding.severity,
    severityText: severityWords[finding.severity],
    machines: of === 1 ? '' : `${broken} of ${of}`,
    confirmed: finding.confirmed,
    filters: { design: [finding.design], verb: finding.verbs, device: finding.devices, severity: [finding.severity] },
  };
}
