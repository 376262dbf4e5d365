import { append } from '#collections';
import type { Churn, RepositorySummary, RunDocument, ScenarioResult, ScorePlace, StepResult } from '#run-document';
import { type Mention, mentions } from './mentions.js';
import type { Address } from './place.js';
import { slug, slugs } from './slugs.js';

export const kinds = ['scenario', 'design', 'repository', 'kernel', 'update', 'symbol', 'package', 'history'] as const;
export type Kind = (typeof kinds)[number];

/** Which pages a report has, and where each thing is told. A page is made once, whoever links to it. */
export interface Pages {
  readonly of: (kind: Kind, name: string) => Address | null;
  readonly names: (kind: Kind) => readonly string[];
  readonly repository: (repository: RepositorySummary) => Address | null;
  /** Of a scenario on one machine under one design, the place where its steps begin. */
  readonly variant: (result: ScenarioResult) => Address | null;
  readonly step: (step: StepResult) => Address | null;
  /** A trial of a scorecard: on its design's page; a step of the catalogue: on its scenario's. Null where the run has neither. */
  readonly scored: (design: string, place: ScorePlace) => Address | null;
  readonly symbols: ReadonlyMap<string, readonly Mention[]>;
  readonly packages: ReadonlyMap<string, readonly Mention[]>;
}

export const indexPage: Address = { page: 'index', anchor: null };
export const searchPage: Address = { page: 'search', anchor: null };
export const methodPage: Address = { page: 'method', anchor: null };

export function updateName({ from, to }: Pick<Churn, 'from' | 'to'>): string {
  return `${from} \u2192 ${to}`;
}

export function repositoryName({ name, scheme, repomdSha256 }: RepositorySummary): string {
  return JSON.stringify([name, scheme, repomdSha256]);
}

export function pagesOf(run: RunDocument): Pages {
  const places = scenarioPlaces(run);
  const { symbols, packages } = mentions(run, places.steps);
  const names: Readonly<Record<Kind, readonly string[]>> = {
    scenario: unique(run.scenarios.map(({ file }) => file)),
    design: designNames(run),
    repository: unique(run.repositories.map(repositoryName)),
    kernel: unique(run.kernels.map(({ release }) => release)),
    update: unique(run.churn.map(updateName)),
    symbol: unique([...symbols.keys(), ...namedSymbols(run)]).sort(),
    package: [...packages.keys()].sort(),
    history: unique(run.histories.map(({ name }) => name)),
  };
  const trials = new Set(
    (run.scorecard?.designs ?? []).flatMap((one) =>
      one.status === 'scored'
        ? one.trials.map(({ scenario, step }) => JSON.stringify([one.design, scenario, step]))
        : [],
    ),
  );
  const found = new Map(kinds.map((kind) => [kind, slugsOf(kind, names[kind], run)]));
  const of: Pages['of'] = (kind, name) => {
    const known = found.get(kind)?.get(name);
    return known === undefined ? null : { page: `${kind}/${known}`, anchor: null };
  };
  return {
    of,
    names: (kind) => names[kind],
    repository: (repository) => of('repository', repositoryName(repository)),
    variant: (result) => places.variants.get(result) ?? null,
    step: (step) => places.steps.get(step) ?? null,
    scored: (design, place) => {
      const step = places.byName.get(JSON.stringify([place.scenario, place.step]));
      const page = of('design', design);
      const tried = trials.has(JSON.stringify([design, place.scenario, place.step]));
      return step ?? (page !== null && tried ? { ...page, anchor: trialAnchor(place) } : null);
    },
    symbols,
    packages,
  };
}

/** Where the page of a design tells one trial. */
export function trialAnchor({ scenario, step }: ScorePlace): string {
  return slug(`${scenario.replace(/ under .*$/, '')}.${step}`);
}

/** Of a repository the name and the design, not its digest. */
function slugsOf(kind: Kind, names: readonly string[], { repositories }: RunDocument): Map<string, string> {
  if (kind === 'scenario') return slugs(names, scenarioName);
  if (kind === 'repository') {
    const titles = new Map(
      repositories.map((repository) => [repositoryName(repository), `${repository.name} ${repository.scheme}`]),
    );
    return slugs(names, (name) => titles.get(name) ?? name);
  }
  return slugs(names);
}

/** `kernel-update` of `scenarios/real/kernel-update.yaml`. */
export function scenarioName(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}

function designNames({ scenarios, schemes, histories, scorecard }: RunDocument): string[] {
  return unique(
    [
      ...(scorecard?.designs.map(({ design }) => design) ?? []),
      ...scenarios.map(({ scheme }) => scheme),
      ...schemes.map(({ scheme }) => scheme),
      ...histories.flatMap((history) => history.schemes),
    ].filter((name) => name !== ''),
  );
}

/** Symbols that an update or the graph of kernel modules names. */
function namedSymbols({ churn, graph }: RunDocument): string[] {
  return [
    ...churn.flatMap(({ responsible }) => responsible.map(({ name }) => name)),
    ...(graph?.blastRadius.map(({ symbol }) => symbol) ?? []),
  ];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

interface ScenarioPlaces {
  readonly variants: ReadonlyMap<ScenarioResult, Address>;
  readonly steps: ReadonlyMap<StepResult, Address>;
  /** By id of the scenario and name of the step. */
  readonly byName: ReadonlyMap<string, Address>;
}

/** Anchors by name: `update-everything`, and `laptop-amd.update-everything` where a file ran in several ways. */
function scenarioPlaces({ scenarios }: RunDocument): ScenarioPlaces {
  const byFile = new Map<string, ScenarioResult[]>();
  for (const result of scenarios) append(byFile, result.file, result);
  const files = slugs(byFile.keys(), scenarioName);
  const variants = new Map<ScenarioResult, Address>();
  const steps = new Map<StepResult, Address>();
  const byName = new Map<string, Address>();
  for (const [file, results] of byFile) {
    const page = `scenario/${files.get(file) ?? ''}`;
    const taken = new Set<string>();
    const anchor = (text: string): string => {
      let free = text;
      for (let more = 2; taken.has(free); more++) free = `${text}-${more}`;
      taken.add(free);
      return free;
    };
    for (const result of results) {
      const name = variantName(result);
      const own = results.length === 1 || name === '' ? '' : slug(name);
      variants.set(result, { page, anchor: anchor(own === '' ? 'steps' : own) });
      for (const step of result.steps) {
        const to = { page, anchor: anchor(own === '' ? slug(step.name) : `${own}.${slug(step.name)}`) };
        steps.set(step, to);
        byName.set(JSON.stringify([result.id, step.name]), to);
      }
    }
  }
  return { variants, steps, byName };
}

/** What tells one result of a scenario file from the others: `laptop-amd`, `under split`, `with 4 kernels in reach`. */
export function variantName({ id, file }: Pick<ScenarioResult, 'id' | 'file'>): string {
  const name = scenarioName(file);
  return (id.startsWith(name) ? id.slice(name.length) : id).trim().replace(/^on /, '');
}
