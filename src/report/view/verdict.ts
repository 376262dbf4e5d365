import type { PromiseTally, RunDocument, SchemeTally, StepResult } from '#run-document';
import { exponentError, median, spread } from '#statistics';
import { brokenWords, count, counted, duration, fixed, percent, power, verdictSentences } from '#tell';
import type { Badge } from './badge.js';
import { steepestPhase } from './fits.js';
import { measureName } from './phases.js';
import type { ScenarioView } from './scenarios.js';

export interface KeyFigure {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

export interface VerdictView {
  readonly name: string;
  readonly badge: Badge;
  readonly sentences: readonly string[];
  readonly figures: readonly KeyFigure[];
  readonly promises: readonly PromiseTable[];
  readonly answers: readonly ShortAnswer[];
}

/** What became of each promise, a column for each scheme: of several schemes none is counted with another. */
export interface PromiseTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A scenario in two lines: its question, and what its last request came to. */
export interface ShortAnswer {
  readonly anchor: string;
  readonly id: string;
  readonly badge: Badge;
  readonly question: string;
  readonly request: string;
  readonly results: readonly Badge[];
}

const badges: Readonly<Record<RunDocument['verdict']['status'], Badge>> = {
  passed: { tone: 'good', sign: '\u2713', text: 'Every expectation was met' },
  failed: { tone: 'bad', sign: '\u2717', text: 'An expectation was not met' },
  unknown: { tone: 'unknown', sign: '?', text: 'Unknown: something did not run' },
};

export function verdictView(run: RunDocument, scenarios: readonly ScenarioView[]): VerdictView {
  return {
    name: run.name,
    badge: badgeOf(run),
    sentences: verdictSentences(run),
    figures: [...scenarioFigure(run), ...poolFigures(run), ...growthFigure(run), ...churnFigure(run)],
    promises: [
      ...promiseTable(
        'What machines must keep: scenarios in which it was broken after some step, of those in which it was judged',
        run.verdict.schemes,
      ),
      ...promiseTable('The same of traps, machines and requests that nobody should have', run.verdict.traps),
    ],
    answers: scenarios.map((view) => shortAnswer(view, brokenIn(run, view.id))),
  };
}

const nothingExpected: Badge = { tone: 'plain', sign: '', text: 'Measured; nothing was expected' };

/** Only scenarios expect anything: where none ran, nothing was met. */
function badgeOf({ verdict, scenarios }: RunDocument): Badge {
  return verdict.status === 'passed' && scenarios.length === 0 ? nothingExpected : badges[verdict.status];
}

function promiseTable(caption: string, tallies: readonly SchemeTally[]): PromiseTable[] {
  const [first] = tallies;
  if (first === undefined) return [];
  const cell = ({ kept, broken, notJudged }: PromiseTally): string => {
    const judged = kept + broken.length;
    if (judged > 0) return `${count(broken.length)} of ${count(judged)}`;
    return notJudged > 0 ? 'not judged' : '\u2013';
  };
  return [
    {
      caption,
      columns: ['Broken', ...tallies.map(({ scheme, scenarios }) => `${scheme} (${count(scenarios)})`)],
      rows: first.promises.map(({ promise }, at) => [
        brokenWords[promise],
        ...tallies.map(({ promises }) => {
          const tally = promises[at];
          return tally === undefined ? '' : cell(tally);
        }),
      ]),
    },
  ];
}

/** After whichever step: what a later one mends was broken all the same. */
function brokenIn({ scenarios }: RunDocument, id: string): Badge[] {
  const steps = scenarios.find((one) => one.id === id)?.steps ?? [];
  const broken = steps.flatMap(({ promises }) => promises.filter(({ status }) => status === 'broken'));
  return [...new Set(broken.map(({ promise }) => promise))].map((promise) => ({
    tone: 'bad',
    sign: '\u2717',
    text: brokenWords[promise],
  }));
}

function shortAnswer(
  { anchor, id, badge, question, error, steps }: ScenarioView,
  broken: readonly Badge[],
): ShortAnswer {
  const last = steps.at(-1);
  return {
    anchor,
    id,
    badge,
    question,
    request: last?.request ?? error.join(' '),
    results: last === undefined ? [] : [last.outcome, ...last.findings, ...broken],
  };
}

function scenarioFigure({ scenarios, notRun }: RunDocument): KeyFigure[] {
  if (scenarios.length === 0 && notRun.length === 0) return [];
  const passed = scenarios.filter(({ status }) => status === 'passed').length;
  return [
    {
      value: `${count(passed)} of ${count(scenarios.length)}`,
      label: 'scenarios as expected',
      detail: notRun.length === 0 ? 'nothing was left out' : `${counted(notRun.length, 'part')} did not run`,
    },
  ];
}

/** The step with the most solver time is the one that a decision hangs on. */
function poolFigures(run: RunDocument): KeyFigure[] {
  const largest = heaviestStep(run);
  if (largest === null) return [];
  const { scenario, step } = largest;
  const solve = step.phases.find(({ phase }) => phase === 'solve');
  return [
    {
      value: count(step.counters.solvables),
      label: 'packages in the pool',
      detail: `${scenario}, ${step.request}`,
    },
    {
      value: count(step.counters.rulesTotal),
      label: 'rules made by the solver',
      detail: `${count(step.counters.learnt)} learnt by searching`,
    },
    ...(solve === undefined
      ? []
      : [
          {
            value: duration(median(solve.samplesMs)),
            label: 'to solve it',
            detail: `median of ${count(solve.samplesMs.length)}, middle half within ${duration(spread(solve.samplesMs).iqr)}`,
          },
        ]),
  ];
}

export function heaviestStep({ scenarios }: RunDocument): { scenario: string; step: StepResult } | null {
  const steps = scenarios.flatMap(({ id, steps }) => steps.map((step) => ({ scenario: id, step })));
  return steps.reduce<{ scenario: string; step: StepResult } | null>(
    (heaviest, candidate) =>
      heaviest === null || candidate.step.counters.rulesTotal > heaviest.step.counters.rulesTotal
        ? candidate
        : heaviest,
    null,
  );
}

function growthFigure({ growth }: RunDocument): KeyFigure[] {
  const fits = growth.flatMap((series) => {
    const fit = series.over === 'kernelModules' ? steepestPhase(series) : null;
    return fit === null ? [] : [{ series, fit }];
  });
  const [found] = fits.sort((a, b) => b.fit.exponent - a.fit.exponent);
  if (found === undefined) return [];
  const { series, fit: steepest } = found;
  const error = fixed(exponentError(steepest, series.points.length), 2);
  return [
    {
      value: power(steepest.exponent),
      label: 'is the steepest growth',
      detail: `${measureName(steepest.of)} over the number of kernel modules, exponent \u00b1 ${error}`,
    },
  ];
}

function churnFigure({ churn }: RunDocument): KeyFigure[] {
  const shares = [...churn].sort((a, b) => a.broken / a.kernelModules - b.broken / b.kernelModules);
  const least = shares.at(0);
  const most = shares.at(-1);
  if (least === undefined || most === undefined) return [];
  const low = percent(least.broken, least.kernelModules);
  const high = percent(most.broken, most.kernelModules);
  return [
    {
      value: low === high ? high : `${low.replace(' %', '')} to ${high}`,
      label: 'of kernel modules broken by an update',
      detail: churn.length === 1 ? 'of one update' : `least and most of ${counted(churn.length, 'update')}`,
    },
  ];
}
