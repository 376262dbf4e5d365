import type { PromiseId, RunDocument, SchemeTally, StepCost } from '#run-document';
import { costBasis, costTime } from './costs.js';
import { count, counted, listed, percent } from './numbers.js';
import { brokenWords } from './promise.js';

/** One of the five questions of a design review, with an answer that is true if quoted alone. */
export interface Answered {
  readonly id: 'scale' | 'design' | 'lose' | 'cost' | 'sure';
  readonly question: string;
  readonly answer: string;
}

/** The answers of the first screen. Of what was not asked the answer says so. */
export function fiveAnswers(run: RunDocument): Answered[] {
  return [
    { id: 'scale', question: 'Does it scale?', answer: scaleAnswer(run) },
    { id: 'design', question: 'Which design?', answer: designAnswer(run) },
    { id: 'lose', question: 'What does a machine lose?', answer: loseAnswer(run) },
    { id: 'cost', question: 'What does it cost?', answer: costAnswer(run) },
    { id: 'sure', question: 'How sure is that?', answer: sureAnswer(run) },
  ];
}

/** The run in one sentence. */
export function headline(run: RunDocument): string {
  const solving = growthAnswers(run).find(({ phase }) => phase === 'solve')?.answer;
  const heavy = heaviestDepmod(run);
  const scales =
    solving === undefined || solving === 'uncertain'
      ? []
      : [`solving grows ${solving === 'faster' ? 'faster' : 'no faster'} than the number of packages`];
  const costs =
    heavy === null ? [] : [`the packages’ scripts run depmod for ${costTime(heavy.cost)} in the heaviest update`];
  const worst = mainDesign(run);
  const lost = worst === null ? 0 : brokenOf(worst, 'rootMounted').broken;
  const machines =
    lost === 0 || worst === null ? [] : [`some machines under “${worst.scheme}” lose their root file system`];
  const parts = [...scales, ...costs, ...machines];
  const [first, ...others] = parts;
  if (first === undefined) return 'Nothing was measured.';
  const last = others.at(-1);
  const text = last === undefined ? first : `${[first, ...others.slice(0, -1)].join(', ')}, and ${last}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** How solving and ordering grow over the number of kernel modules, as the verdict has it; of several series the first on real kernels. */
function growthAnswers({ growth, verdict }: RunDocument) {
  const series = growth.find(({ over, regime }) => over === 'kernelModules' && regime === null) ?? growth[0];
  return (['solve', 'order'] as const).flatMap((phase) => {
    const found = verdict.growth.find((one) => one.series === series?.name && one.phase === phase);
    const fit = series?.fits.find(({ of, by }) => of === phase && by === found?.by);
    return found === undefined || fit === undefined
      ? []
      : [{ phase, answer: found.answer, exponent: `n^${fit.exponent.toFixed(2)}` }];
  });
}

const phaseNames = { solve: 'Solving', order: 'Ordering' } as const;

function scaleAnswer(run: RunDocument): string {
  const answers = growthAnswers(run);
  if (answers.length === 0) return 'Growth was not measured in this run.';
  return answers
    .map(({ phase, answer, exponent }) =>
      answer === 'uncertain'
        ? `${phaseNames[phase]} is uncertain.`
        : `${phaseNames[phase]} ${answer === 'faster' ? 'does not' : 'does'} (${exponent}).`,
    )
    .join(' ');
}

function designAnswer({ scorecard, verdict }: RunDocument): string {
  if (scorecard !== null) {
    const scored = scorecard.designs.flatMap((design) =>
      design.status === 'scored'
        ? [{ design: design.design, broken: design.cells.filter(({ status }) => status === 'broken').length }]
        : [],
    );
    const least = Math.min(...scored.map(({ broken }) => broken));
    const best = scored.filter(({ broken }) => broken === least).map(({ design }) => `“${design}”`);
    if (best.length === 0) return 'No design could be tried.';
    return least === 0
      ? `Every promise is kept by ${listed(best, namedMax)}, in what was tried here.`
      : `No design keeps every promise. The fewest, ${count(least)}, are broken by ${listed(best, namedMax)}.`;
  }
  const whole = verdict.schemes.filter(({ broken }) => broken.length === 0).map(({ scheme }) => `“${scheme}”`);
  if (verdict.schemes.length === 0) return 'No design was tried in this run.';
  return whole.length === 0
    ? 'Each design breaks something. Designs met different scenarios: compare with care.'
    : `Nothing broken in the scenarios of ${listed(whole, namedMax)}. Designs met different scenarios: compare with care.`;
}

/** Designs that a sentence names. */
const namedMax = 2;

/** The design with the most scenarios, of those the one that was written first. */
function mainDesign({ verdict }: RunDocument): SchemeTally | null {
  return verdict.schemes.reduce<SchemeTally | null>(
    (most, scheme) => (most === null || scheme.scenarios > most.scenarios ? scheme : most),
    null,
  );
}

function brokenOf({ promises }: SchemeTally, promise: string): { broken: number; judged: number } {
  const tally = promises.find((one) => one.promise === promise);
  const broken = tally?.broken.length ?? 0;
  return { broken, judged: broken + (tally?.kept ?? 0) };
}

function loseAnswer(run: RunDocument): string {
  const main = mainDesign(run);
  if (main === null) return 'No machine was asked for in this run.';
  const root = brokenOf(main, 'rootMounted');
  const devices = brokenOf(main, 'drivenStaysDriven');
  const of = ({ broken, judged }: { broken: number; judged: number }): string =>
    `in ${count(broken)} of ${counted(judged, 'scenario')}`;
  if (root.broken + devices.broken === 0) return `Under “${main.scheme}” the machines keep all their devices.`;
  return [
    `Under “${main.scheme}”:`,
    ...(devices.broken === 0 ? [] : [`a device that it had, ${of(devices)}.`]),
    ...(root.broken === 0 ? [] : [`${devices.broken === 0 ? 'the' : 'The'} root file system, ${of(root)}.`]),
  ].join(' ');
}

type Depmod = Extract<StepCost, { kind: 'depmodByScripts' }>;

/** The step whose package scripts run depmod the longest. */
function heaviestDepmod({ scenarios }: RunDocument): { id: string; request: string; cost: Depmod } | null {
  const costs = scenarios.flatMap(({ id, steps }) =>
    steps.flatMap(({ request, costs: all }) =>
      all.flatMap((cost) => (cost.kind === 'depmodByScripts' && cost.runs.most > 0 ? [{ id, request, cost }] : [])),
    ),
  );
  return costs.reduce<(typeof costs)[number] | null>(
    (most, cost) => (most === null || cost.cost.seconds.high > most.cost.seconds.high ? cost : most),
    null,
  );
}

function costAnswer(run: RunDocument): string {
  const heavy = heaviestDepmod(run);
  if (heavy === null) return 'Costs outside of the solver were not estimated in this run.';
  return `At worst ${costTime(heavy.cost)} of depmod in one update (${costBasis(heavy.cost)}).`;
}

function sureAnswer({ scenarios, notRun }: RunDocument): string {
  if (scenarios.length === 0) return 'No scenario was run.';
  const files = new Set(scenarios.map(({ file }) => file));
  const compared = new Set(scenarios.filter((scenario) => scenario.comparedWith !== null).map(({ file }) => file));
  const steps = scenarios.flatMap((scenario) => scenario.steps.flatMap(({ promises }) => promises));
  const judged = steps.filter(({ status }) => status === 'kept' || status === 'broken').length;
  const open = steps.filter(({ status }) => status === 'notJudged').length;
  return [
    `Real zypper is asked in ${count(compared.size)} of ${counted(files.size, 'scenario')}.`,
    ...(open === 0 ? [] : [`${percent(open, judged + open)} of what was asked cannot be judged.`]),
    ...(notRun.length === 0 ? [] : [`${counted(notRun.length, 'part')} did not run.`]),
  ].join(' ');
}

/** The badge of the lab's own tests: whether answers are those that were recorded. It says nothing of machines. */
export function recordedSentence({ scenarios, verdict }: RunDocument): string {
  const passed = scenarios.filter(({ status }) => status === 'passed').length;
  if (scenarios.length === 0) return verdict.status === 'unknown' ? 'something did not run' : 'nothing was expected';
  return `${count(passed)} of ${counted(scenarios.length, 'answer')} as recorded`;
}

/** One of the risks: a promise, the request that broke it, and in how many scenarios of its design some step does. */
export interface Risk {
  readonly promise: PromiseId;
  readonly request: string;
  readonly scheme: string;
  readonly broken: number;
  readonly judged: number;
}

export function riskSentence({ promise, request }: Risk): string {
  return `After \u201c${request}\u201d ${brokenWords[promise]}.`;
}

export function riskExtent({ scheme, broken, judged }: Risk): string {
  return `${count(broken)} of ${counted(judged, 'scenario')} under \u201c${scheme}\u201d`;
}
