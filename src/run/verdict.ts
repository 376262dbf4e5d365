import { promiseOver } from '#promise';
import type {
  GrowthAnswer,
  GrowthSeries,
  PromiseStatus,
  PromiseTally,
  RunDocument,
  ScenarioResult,
  SchemeTally,
  Verdict,
} from '#run-document';
import { promiseIds } from '#run-document';
import { isFirm } from '#statistics';

type Findings = Pick<RunDocument, 'scenarios' | 'growth' | 'histories' | 'notRun'>;

/** What a run comes to, in facts: a machine is judged by all that it must keep, after every step. What is not in the run is not claimed. */
export function verdictOf(findings: Findings): Verdict {
  const ran = findings.scenarios.filter(({ steps }) => steps.length > 0);
  return {
    status: statusOf(findings),
    schemes: tallies(ran.filter(({ trap }) => !trap)),
    traps: tallies(ran.filter(({ trap }) => trap)),
    growth: findings.growth.filter(({ over }) => over === 'kernelModules').flatMap(growthAnswers),
  };
}

function statusOf({ scenarios, growth, histories, notRun }: Findings): Verdict['status'] {
  if (scenarios.some(({ status }) => status === 'failed')) return 'failed';
  const nothing = scenarios.length === 0 && histories.length === 0 && growth.length === 0;
  const ended = scenarios.some(({ status }) => status === 'error' || status === 'bug');
  const broken = ended || histories.some(({ error }) => error !== null);
  return notRun.length > 0 || nothing || broken ? 'unknown' : 'passed';
}

/** One tally for each scheme, its options included, in the order of first appearance. */
function tallies(scenarios: readonly ScenarioResult[]): SchemeTally[] {
  const schemes = [...new Set(scenarios.map(({ scheme }) => scheme))];
  return schemes.map((scheme) => {
    const own = scenarios.filter((scenario) => scenario.scheme === scheme);
    const promises = promiseIds.map((promise): PromiseTally => {
      const statuses = own.map((one) => ({ id: one.id, status: promiseOver(one.steps, promise) }));
      const count = (wanted: PromiseStatus): number => statuses.filter(({ status }) => status === wanted).length;
      return {
        promise,
        kept: count('kept'),
        broken: statuses.filter(({ status }) => status === 'broken').map(({ id }) => id),
        notJudged: count('notJudged'),
        notApplicable: count('notApplicable'),
      };
    });
    const broken = new Set(promises.flatMap((promise) => promise.broken));
    return {
      scheme,
      scenarios: own.length,
      broken: own.map(({ id }) => id).filter((id) => broken.has(id)),
      promises,
    };
  });
}

/**
 * Above this exponent a cost counts as growing faster than the number of packages: linear, and room for a logarithm and for noise. See
 * docs/methods.md.
 */
export const linearMax = 1.3;

/** Of the work where it was counted, which is the same on every machine, else of the time. */
function growthAnswers({ name, points, fits }: GrowthSeries): GrowthAnswer[] {
  const by = fits.some((fit) => fit.by === 'work') ? 'work' : 'time';
  return (['solve', 'order'] as const).map((phase) => {
    const fit = fits.find((candidate) => candidate.of === phase && candidate.by === by);
    if (fit === undefined || !isFirm(fit, points.length)) return { series: name, phase, by, answer: 'uncertain' };
    // Work is exact, so that a single slope counts: what begins in proportion and bends upwards does not end so.
    const last = by === 'work' ? (fit.slopes.at(-1)?.exponent ?? 0) : 0;
    const answer = Math.max(fit.exponent, last) > linearMax ? 'faster' : 'inProportion';
    return { series: name, phase, by, answer };
  });
}
