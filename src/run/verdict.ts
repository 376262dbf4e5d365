import type { GrowthSeries, PhaseSamples, RunDocument, ScenarioResult, Verdict } from '#run-document';
import { isFirm, median } from '#statistics';
import { count, counted } from '#tell';

type Findings = Pick<RunDocument, 'scenarios' | 'growth' | 'churn' | 'histories' | 'notRun'>;

/** The answer to "does kABI tracking scale?", each sentence made from numbers of the run. What is not in the run is not claimed. */
export function verdictOf(findings: Findings): Verdict {
  const sentences = [
    ...findings.growth.filter(({ over }) => over === 'kernelModules').flatMap(solverSentences),
    ...machineSentences(findings.scenarios),
    ...churnSentences(findings.churn),
    ...findings.histories.flatMap(historySentences),
  ];
  return { status: statusOf(findings), sentences: sentences.length > 0 ? sentences : ['Nothing was measured.'] };
}

function statusOf({ scenarios, growth, histories, notRun }: Findings): Verdict['status'] {
  if (scenarios.some(({ status }) => status === 'failed')) return 'failed';
  const nothing = scenarios.length === 0 && histories.length === 0 && growth.length === 0;
  const broken = scenarios.some(({ status }) => status === 'error') || histories.some(({ error }) => error !== null);
  const incomplete = notRun.length > 0 || nothing || broken;
  return incomplete ? 'unknown' : 'passed';
}

/**
 * Above this exponent a cost counts as growing faster than the number of packages: linear, and room for a logarithm and for noise. See
 * docs/methods.md.
 */
const linearMax = 1.3;

function solverSentences(series: GrowthSeries): string[] {
  const last = series.points.at(-1);
  if (last === undefined) return [];
  const { counters, phases, size, solvables } = last;
  const pool = `${count(solvables)} solvables, ${count(counters.rulesTotal)} rules, ${count(counters.learnt)} learnt`;
  if (series.regime !== null) {
    const kernels = `synthetic kernels under ${series.scheme}, updates as under ${series.regime}`;
    return [`${solverHeadline(series)} That is for ${kernels}: at ${count(size)} kernel modules ${pool}.`.trim()];
  }
  const times = (['loadSolv', 'whatprovides', 'solve', 'order'] as const).flatMap((phase) => {
    const ms = medianOf(phases, phase);
    return ms === null ? [] : [`${phaseWords[phase]} ${ms.toFixed(0)} ms`];
  });
  return [
    `${solverHeadline(series)} With all ${count(size)} kernel modules of a real kernel installed, each an RPM of its own, an update takes ` +
      `${times.join(', ')} (medians; ${pool}).`,
  ];
}

/**
 * The exponents, and what they mean: of the work where it was counted, which is the same on every machine, else of the time. Of a
 * phase whose exponent is uncertain nothing is claimed.
 */
function solverHeadline({ points, fits }: GrowthSeries): string {
  const by = fits.some((fit) => fit.by === 'work') ? 'work' : 'time';
  const exponents = (['solve', 'order'] as const).flatMap((phase) => {
    const fit = fits.find((candidate) => candidate.of === phase && candidate.by === by);
    return fit === undefined || !isFirm(fit, points.length) ? [] : [{ phase, exponent: fit.exponent }];
  });
  if (exponents.length === 0) return '';
  const steep = exponents.filter(({ exponent }) => exponent > linearMax).map(({ phase }) => phaseWords[phase]);
  const answer =
    steep.length === 0
      ? 'For the solver, yes'
      : `For the solver, not all of it: ${steep.join(' and ')} grows faster than the packages`;
  const growing = exponents
    .map(({ phase, exponent }) => `the ${by} of ${phaseWords[phase]} grows as n^${exponent.toFixed(2)}`)
    .join(', ');
  const [from, to] = [points[0]?.size ?? 0, points.at(-1)?.size ?? 0];
  return `${answer}: between ${count(from)} and ${count(to)} kernel modules ${growing}.`;
}

const phaseWords = { loadSolv: 'loading', whatprovides: 'whatprovides', solve: 'solving', order: 'ordering' } as const;

function medianOf(phases: readonly PhaseSamples[], phase: PhaseSamples['phase']): number | null {
  const samples = phases.find((candidate) => candidate.phase === phase);
  return samples === undefined ? null : median(samples.samplesMs);
}

/** Scenarios that a sentence names. */
const namedMax = 4;

/** The finding this lab exists for: requests that were solved and leave a device without its driver at the next boot. */
function machineSentences(scenarios: readonly ScenarioResult[]): string[] {
  const ran = scenarios.filter(({ steps }) => steps.length > 0);
  if (ran.length === 0) return [];
  const losing = ran.filter((scenario) => losesDevice(scenario));
  const more = losing.length > namedMax ? ` and ${losing.length - namedMax} more` : '';
  const listed = `${losing
    .slice(0, namedMax)
    .map(({ id }) => id)
    .join(', ')}${more}`;
  return [
    losing.length === 0
      ? `For the machine, yes: in none of ${counted(ran.length, 'scenario')} a solved request leaves a device without a driver that exists.`
      : `For the machine, not by itself: in ${losing.length} of ${counted(ran.length, 'scenario')} the request is solved and the next boot lacks a driver that exists (${listed}).`,
  ];
}

function losesDevice({ steps }: ScenarioResult): boolean {
  const last = steps.at(-1);
  if (last?.outcome.status !== 'solved') return false;
  const { devices, nextBoot } = last.audit;
  return devices.some(({ kernel, state }) => kernel === nextBoot && (state === 'notInstalled' || state === 'refused'));
}

function churnSentences(churn: RunDocument['churn']): string[] {
  if (churn.length === 0) return [];
  const shares = churn.map(({ broken, kernelModules }) => broken / kernelModules).sort((a, b) => a - b);
  const [least, most] = [shares[0] ?? 0, shares.at(-1) ?? 0];
  const [first, last] = [churn[0]?.from, churn.at(-1)?.to];
  return [
    `For the build service it depends on the update: of ${churn.length} between ${first} and ${last}, the mildest breaks ${percent(least)} of the ` +
      `kernel modules, the median one ${percent(median(shares))}, the worst ${percent(most)}; what is broken must be rebuilt.`,
  ];
}

/** What became of the claims over a history, scheme by scheme. */
function historySentences({ name, claims }: RunDocument['histories'][number]): string[] {
  const schemes = [...new Set(claims.map(({ scheme }) => scheme))];
  const words = { holds: 'it holds', partly: 'it holds in part', fails: 'it does not hold', unknown: 'nobody asked' };
  return schemes.map((scheme) => {
    const own = claims.filter((claim) => claim.scheme === scheme);
    const parts = (['holds', 'partly', 'fails'] as const).flatMap((status) => {
      const names = own.filter((claim) => claim.status === status).map(({ claim }) => claim.toLowerCase());
      return names.length === 0 ? [] : [`${words[status]} that ${names.join(', ')}`];
    });
    return `Over the history ${name}, "${scheme}" against the monolithic kernel: ${parts.join('; ')}.`;
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 0)} %`;
}
