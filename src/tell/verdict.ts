import type { GrowthSeries, PromiseTally, RunDocument, SchemeTally } from '#run-document';
import { median } from '#statistics';
import { churnSentences } from './churn.js';
import { claimTitle } from './claim.js';
import { costBasis, costTime } from './costs.js';
import { count, counted, duration } from './numbers.js';
import { brokenWords } from './promise.js';

/** The answer to "does kABI tracking scale?" in sentences, each true if quoted alone. Of what was not asked nothing is said. */
export function verdictSentences(run: RunDocument): string[] {
  const schemes = [...run.verdict.schemes].sort((a, b) => b.scenarios - a.scenarios);
  const sentences = [
    ...run.growth.filter(({ over }) => over === 'kernelModules').map((series) => growthSentence(series, run)),
    ...scriptsSentence(run),
    ...schemes.slice(0, schemesMax).map(machineSentence),
    ...otherSchemes(schemes.slice(schemesMax)),
    ...run.verdict.traps.map(trapSentence),
    ...churnSentences(run.churn),
    ...run.histories.flatMap(historySentences),
  ];
  return sentences.length > 0 ? sentences : ['Nothing was measured.'];
}

/** So many schemes get a sentence, those with the most scenarios first; the report has a table of all. */
const schemesMax = 3;

function otherSchemes(schemes: readonly SchemeTally[]): string[] {
  if (schemes.length === 0) return [];
  const broken = schemes.filter((scheme) => scheme.broken.length > 0).length;
  const others = counted(schemes.length, 'other design');
  return [`Under ${count(broken)} of ${others}, each tried with fewer scenarios, some step breaks something.`];
}

/** The request whose package scripts run depmod the longest: what decides where all kernel modules are packages. */
function scriptsSentence({ scenarios }: RunDocument): string[] {
  const costs = scenarios.flatMap(({ id, scheme, steps }) =>
    steps.flatMap(({ request, costs: all }) =>
      all.flatMap((cost) => (cost.kind === 'depmodByScripts' ? [{ id, scheme, request, cost }] : [])),
    ),
  );
  const [first, ...others] = costs;
  if (first === undefined) return [];
  const worst = others.reduce(
    (most, other) => (other.cost.seconds.high > most.cost.seconds.high ? other : most),
    first,
  );
  const { cost } = worst;
  if (cost.runs.most === 0) return [];
  return [
    `In "${worst.request}" of ${worst.id}, under "${worst.scheme}", the packages' scripts run depmod ${count(cost.runs.most)} times. ` +
      `That takes ${costTime(cost)} (${costBasis(cost)}).`,
  ];
}

/** Promises that a sentence names. */
const namedMax = 3;

function machineSentence({ scheme, scenarios, broken, promises }: SchemeTally): string {
  const all = counted(scenarios, 'scenario');
  if (broken.length === 0) {
    return `Machines under "${scheme}" keep everything that could be judged (${all}).${unjudged(promises)}`;
  }
  return (
    `Machines under "${scheme}" lose something that they must keep in ${count(broken.length)} of ${all}: ` +
    `${brokenText(promises)}.${unjudged(promises)}`
  );
}

/** Counts are of the scenarios in which a promise was judged. */
function brokenText(promises: readonly PromiseTally[]): string {
  const worst = promises
    .filter((promise) => promise.broken.length > 0)
    .sort((a, b) => b.broken.length - a.broken.length);
  const named = worst
    .slice(0, namedMax)
    .map(
      ({ promise, broken, kept }) =>
        `${brokenWords[promise]} in ${count(broken.length)} of ${count(kept + broken.length)}`,
    );
  return (
    named.join('; ') + (worst.length > namedMax ? `; and ${counted(worst.length - namedMax, 'other promise')}` : '')
  );
}

/** What nobody knows never counts as kept. */
function unjudged(promises: readonly PromiseTally[]): string {
  const unknown = promises.find(({ promise }) => promise === 'rootMounted')?.notJudged ?? 0;
  return unknown === 0
    ? ''
    : ` Nobody can say in ${counted(unknown, 'scenario')} whether the root file system is mounted.`;
}

function trapSentence({ scheme, scenarios, broken }: SchemeTally): string {
  return `Traps are counted apart: under "${scheme}" something breaks in ${count(broken.length)} of ${counted(scenarios, 'trap')}.`;
}

const phaseWords = { solve: 'solving', order: 'ordering' } as const;

function growthSentence(series: GrowthSeries, { verdict }: RunDocument): string {
  const { points, scheme, regime } = series;
  const sizes = points.map(({ size }) => size);
  const last = points.at(-1);
  const parts = (['solve', 'order'] as const).map((phase) => {
    const answer = verdict.growth.find((one) => one.series === series.name && one.phase === phase);
    const fit = series.fits.find(({ of, by }) => of === phase && by === answer?.by);
    if (answer === undefined || fit === undefined || answer.answer === 'uncertain') {
      return `How ${phaseWords[phase]} grows is uncertain.`;
    }
    const how = answer.answer === 'faster' ? 'faster' : 'no faster';
    return `${capital(phaseWords[phase])} grows ${how} than the packages: ${exponentText(fit)}, by ${answer.by}.`;
  });
  const kernels = regime === null ? 'a real kernel' : `synthetic kernels, updated as under ${regime}`;
  const pool =
    last === undefined
      ? ''
      : ` (${count(last.counters.solvables)} solvables, ${count(last.counters.rulesTotal)} rules)`;
  return `${parts.join(' ')} The design is "${scheme}", on ${kernels} from ${count(Math.min(...sizes))} to ${count(Math.max(...sizes))} kernel modules, all installed${pool}.${timesText(series)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Slopes between sizes where they are known: `n^1.51 to n^1.98 from one size to the next`. */
function exponentText({ exponent, slopes }: GrowthSeries['fits'][number]): string {
  const values = slopes.map((slope) => slope.exponent);
  const [least, most] = [Math.min(...values).toFixed(2), Math.max(...values).toFixed(2)];
  if (values.length < 2 || least === most) return `n^${exponent.toFixed(2)}`;
  return `n^${least} to n^${most} from one size to the next`;
}

function timesText({ points, regime }: GrowthSeries): string {
  const last = points.at(-1);
  if (last === undefined || regime !== null) return '';
  const times = (['solve', 'order'] as const).flatMap((phase) => {
    const samples = last.phases.find((one) => one.phase === phase)?.samplesMs ?? [];
    return samples.length === 0 ? [] : [`${phaseWords[phase]} ${duration(median(samples))}`];
  });
  return times.length === 0 ? '' : ` The largest takes ${times.join(' and ')} (medians).`;
}

/** What became of the claims over a history, scheme by scheme. */
function historySentences({ name, claims }: RunDocument['histories'][number]): string[] {
  const schemes = [...new Set(claims.map(({ scheme }) => scheme))];
  const words = { holds: 'holds', partly: 'holds in part', fails: 'does not hold' };
  return schemes.flatMap((scheme) => {
    const own = claims.filter((claim) => claim.scheme === scheme);
    const parts = (['holds', 'partly', 'fails'] as const).flatMap((status) => {
      const names = own.filter((claim) => claim.status === status).map(({ claim }) => claimTitle(claim).toLowerCase());
      return names.length === 0 ? [] : [`${words[status]}: ${names.join(', ')}`];
    });
    if (parts.length === 0) return [];
    return [`Claims for "${scheme}" against the monolithic kernel, over ${name}: ${parts.join('; ')}.`];
  });
}
