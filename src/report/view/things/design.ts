import { commandLine } from '#files';
import type { RunDocument, SchemeComparison, SchemeUpdate, ScoredDesign, Trial } from '#run-document';
import { median } from '#statistics';
import {
  brokenWords,
  bytes,
  compact,
  costBasis,
  costCounts,
  costName,
  costTime,
  count,
  evidenceText,
  fixed,
  listed,
  percent,
} from '#tell';
import { rebuiltCount } from '../../designs/rebuilt.js';
import { methodPage, type Pages, trialAnchor, updateName } from '../../site/pages.js';
import { kernelCell } from './built.js';
import { fact, figure, plain, type ThingSection, type ThingTable, type ThingView, tables } from './thing.js';

/** A design: what it keeps, what it costs, and every trial and scenario that says so. */
export function designThing(design: string, run: RunDocument, pages: Pages): ThingView {
  const scored = run.scorecard?.designs.find((one) => one.design === design);
  const compared = run.schemes.find(({ scheme }) => scheme === design);
  return {
    kind: 'Design',
    title: design,
    lead: scored?.about ?? '',
    facts: scored?.status === 'refused' ? [fact('Refused', scored.error)] : [],
    sections: [
      ...(scored?.status === 'scored' ? scoredSections(scored, run, pages) : []),
      ...(compared === undefined
        ? []
        : [
            ...tables('updates', 'What a build service builds again', [updatesTable(compared.updates, pages)]),
            ...tables('machines', 'Machines', [machinesTable(compared)]),
          ]),
      ...tables('scenarios', 'Scenarios under it', [scenariosTable(design, run, pages)]),
      ...tables('repositories', 'Repositories under it', [repositoriesTable(design, run, pages)]),
    ],
  };
}

function scoredSections(
  scored: Extract<ScoredDesign, { status: 'scored' }>,
  run: RunDocument,
  pages: Pages,
): ThingSection[] {
  const { cells, updates, repository, trials, notRun } = scored;
  const statusWords = { kept: 'kept', broken: 'broken', notApplicable: 'not applicable', notJudged: 'not judged' };
  return [
    ...tables('promises', 'Promises', [
      {
        caption: 'What became of each promise, and its smallest counterexample',
        data: 'design-promises',
        columns: ['Broken when', 'Status', 'Counterexample', 'What shows it', 'Kept', 'Broken'],
        rows: cells.map(({ promise, status, tried, counterexample }) => [
          plain(brokenWords[promise]),
          plain(statusWords[status]),
          counterexample === null
            ? plain('')
            : {
                text: `${counterexample.scenario}, ${counterexample.step}`,
                to: pages.scored(scored.design, counterexample),
              },
          plain(
            counterexample === null
              ? ''
              : `${counterexample.evidence.map(evidenceText).join('; ')}${counterexample.rerun === null ? '' : ` (${counterexample.rerun})`}`,
          ),
          figure(
            tried.reduce((sum, one) => sum + one.kept, 0),
            count,
          ),
          figure(
            tried.reduce((sum, one) => sum + one.broken, 0),
            count,
          ),
        ]),
        textColumns: 4,
      },
    ]),
    {
      anchor: 'repository',
      title: 'Repository of the newest build',
      sentences: [],
      command: commandLine([
        'kmplab',
        'generate',
        repository.kernel,
        '--scheme',
        scored.design,
        '--option',
        'patterns=false',
        '-o',
        'repository',
      ]),
      facts: [
        fact('Kernel', kernelCell(repository.kernel, run, pages)),
        fact('Packages', count(repository.packages)),
        fact('Dependencies', count(repository.dependencies)),
        fact('primary.xml as gzip', bytes(repository.primaryGzipBytes)),
        fact('Means', { text: 'definition of refresh', to: { ...methodPage, anchor: 'refresh' } }),
      ],
      tables: [],
    },
    ...tables('updates', 'What a build service builds again', [updatesTable(updates, pages)]).map((section) => ({
      ...section,
      command: commandLine(['kmplab', 'design', 'compare', scored.design, '--json']),
      facts: [fact('Means', { text: 'definition of built again', to: { ...methodPage, anchor: 'rebuilt' } })],
    })),
    ...trials.map(trialSection),
    ...tables('not-run', 'What did not run', [
      {
        caption: 'Parts that could not be run under this design',
        data: 'design-not-run',
        columns: ['What', 'Why'],
        rows: notRun.map(({ what, why }) => [plain(what), plain(why)]),
        textColumns: 2,
      },
    ]),
  ];
}

const answerWords = { solved: 'solved', unsolvable: 'no solution', noAnswer: 'no answer' } as const;

const trialWords = {
  install: 'a first kernel',
  update: 'the update to the next kernel',
  kernelByName: 'the next kernel by name',
  driver: 'a new build of a driver',
};

function trialSection(trial: Trial): ThingSection {
  const { solverMs, missing, undriven } = trial;
  const boots = trial.boots === null ? 'nobody can say' : trial.boots ? 'yes' : 'no';
  return {
    anchor: trialAnchor(trial),
    title: `${trial.hardware}: ${trialWords[trial.of]}`,
    sentences: [],
    command: trial.rerun,
    facts: [
      fact('Request', trial.request),
      fact('Answer', trial.notApplicable ? 'not applicable' : answerWords[trial.status]),
      fact(
        'Boots',
        missing.length === 0
          ? boots
          : `${boots}: ${listed(
              missing.map(({ need }) => need),
              5,
            )}`,
      ),
      fact(
        'Devices driven',
        `${count(trial.driven)} of ${count(trial.devices)}${undriven.length === 0 ? '' : `, without ${listed(undriven, 5)}`}`,
      ),
      fact('Packages', `${count(trial.packages)} come, ${count(trial.erased)} go`),
      fact('Download', bytes(trial.downloadBytes)),
      fact('Metadata', bytes(trial.metadataBytes)),
      fact('On disk', bytes(trial.installedBytesChange)),
      fact('Work', trial.work === null ? 'not counted' : `${compact(trial.work)} code edges`),
      fact('Memory', bytes(trial.heapBytes)),
      fact(
        'Solver',
        solverMs.length === 0
          ? 'no time was measured'
          : `${fixed(median(solverMs), 2)} ms, the median of ${solverMs.map((ms) => fixed(ms, 2)).join(', ')}`,
      ),
      fact('Breaks', trial.broken.map((promise) => brokenWords[promise]).join('; ') || 'nothing'),
      fact('Means', { text: 'definitions', to: methodPage }),
    ],
    tables:
      trial.costs.length === 0
        ? []
        : [
            {
              caption: `Costs outside of the solver: ${trial.hardware}, ${trialWords[trial.of]}`,
              data: 'design-costs',
              also: { Machine: trial.hardware, Trial: trialWords[trial.of] },
              folded: true,
              columns: ['What', 'Time', 'Basis', 'Of', 'Source'],
              rows: trial.costs.map((cost) =>
                [costName(cost.kind), costTime(cost), costBasis(cost), costCounts(cost), cost.source].map(plain),
              ),
              textColumns: 5,
            },
          ],
  };
}

function machinesTable({ machines }: SchemeComparison): ThingTable {
  return {
    caption: 'Each ready machine: a fresh install of the kernel, and the update to the next one',
    data: 'design-machines',
    columns: ['Machine', 'Request', 'Packages', 'Download', 'On disk', 'Devices driven', 'Refused'],
    rows: machines.flatMap(({ hardware, steps }) =>
      steps.map((step) =>
        step.status !== 'solved'
          ? [hardware, `${step.request}: ${answerWords[step.status]}`, '', '', '', '', ''].map(plain)
          : [
              plain(hardware),
              plain(step.request),
              figure(step.packages, count),
              figure(step.downloadBytes, bytes),
              figure(step.installedBytesChange, bytes),
              plain(`${count(step.driven)} of ${count(step.devices)}`),
              figure(step.refused, count),
            ],
      ),
    ),
    textColumns: 2,
  };
}

function updatesTable(updates: readonly SchemeUpdate[], pages: Pages): ThingTable {
  return {
    caption: 'Packages to build and publish for each update, by why',
    data: 'design-builds',
    columns: ['Update', 'Packages', 'Built again', 'Share', 'Image', 'New', 'Changed', 'Tied'],
    rows: updates.map((update) => [
      { text: updateName(update), to: pages.of('update', updateName(update)) },
      figure(update.packages, count),
      figure(rebuiltCount(update), count),
      plain(percent(rebuiltCount(update), update.packages)),
      ...(['image', 'new', 'changed', 'tied'] as const).map((why) => figure(update.rebuilt[why], count)),
    ]),
    textColumns: 1,
  };
}

function scenariosTable(design: string, { scenarios }: RunDocument, pages: Pages): ThingTable {
  return {
    caption: 'Scenarios, and what broke in them',
    data: 'design-scenarios',
    columns: ['Scenario', 'Broken'],
    rows: scenarios
      .filter(({ scheme }) => scheme === design)
      .map((result) => [
        { text: result.id, to: pages.variant(result) },
        plain(
          [
            ...new Set(
              result.steps.flatMap(({ promises }) =>
                promises.flatMap(({ promise, status }) => (status === 'broken' ? [brokenWords[promise]] : [])),
              ),
            ),
          ].join('; ') || 'nothing',
        ),
      ]),
    textColumns: 2,
  };
}

function repositoriesTable(design: string, { repositories }: RunDocument, pages: Pages): ThingTable {
  return {
    caption: 'Repositories',
    data: 'design-repositories',
    columns: ['Repository', 'Packages', 'Dependencies', 'gzip'],
    rows: repositories
      .filter(({ scheme }) => scheme === design)
      .map((repository) => [
        { text: repository.name, to: pages.repository(repository) },
        figure(repository.packages, count),
        figure(repository.dependencies, count),
        figure(repository.primaryGzipBytes, bytes),
      ]),
    textColumns: 1,
  };
}
