import type { RunDocument } from '#run-document';
import { limitOf, type Tolerance } from './amount.js';
import { isTolerated, kindOf } from './metric.js';
import type { Judged } from './policy.js';
import { scenarioSubject, type Unit } from './units.js';
import type { GateCheck } from './verdict.js';

type Judgement = Pick<GateCheck, 'change' | 'why'> & { readonly status: 'passed' | 'better' | 'failed' | 'unknown' };

/** A check before it is known how strict the gate is on it. */
export interface Draft extends Judged, Pick<GateCheck, 'expected' | 'found' | 'file' | 'rerun'> {
  readonly judge: (tolerance: Tolerance) => Judgement;
}

/** A check that still knows which scenario it is of. */
export type SettledCheck = GateCheck & { readonly scenario: string | null };

const absent = 'missing';

interface Held {
  readonly expected: readonly Unit[];
  readonly found: readonly Unit[];
  /** Whether growth that was not asked for is missing. */
  readonly growthExpected: boolean;
}

/** Every value that the baseline or the run has, each scenario's expectations, and what did not run. */
export function draftsOf(run: RunDocument, { expected, found, growthExpected }: Held): Draft[] {
  const originOf = originsOf(run);
  const missed = run.notRun.filter(({ what }) => what !== 'growth' || growthExpected);
  return [
    ...unitDrafts(expected, found, originOf),
    ...run.scenarios.map(expectationDraft),
    ...missed.map(({ what, why }) =>
      draft({ subject: what, aspect: 'ran', expected: 'ran', found: `did not run: ${why}` }, nowhere, 'unknown'),
    ),
  ];
}

type Origin = Pick<Draft, 'file' | 'rerun' | 'scenario'>;
const nowhere: Origin = { file: null, rerun: null, scenario: null };

/** What a subject belongs to, by the scenario that its name begins with. */
export function originsOf({ scenarios }: RunDocument): (subject: string) => Origin {
  return (subject) => {
    const scenario = scenarios.find(({ id }) => {
      const name = scenarioSubject(id);
      return subject === name || subject.startsWith(`${name}: `);
    });
    if (scenario === undefined) return nowhere;
    return { file: scenario.file, rerun: scenario.rerun, scenario: scenario.id };
  };
}

function draft(
  said: Pick<Draft, 'subject' | 'aspect' | 'expected' | 'found'>,
  origin: Origin,
  status: Judgement['status'],
): Draft {
  return { ...said, ...kindOf(said.aspect), ...origin, judge: () => ({ status, change: null, why: null }) };
}

/** Whatever the baseline says: a scenario that missed its expectation fails, one that could not be run is unknown. */
function expectationDraft({ id, status, error, file, rerun }: RunDocument['scenarios'][number]): Draft {
  const judged = { passed: 'passed', failed: 'failed', error: 'unknown', bug: 'unknown' } as const;
  const why = `could not be run: ${error ?? ''}`;
  const found = { passed: 'all met', failed: 'not all met', error: why, bug: why };
  const said = { subject: scenarioSubject(id), aspect: 'expectations', expected: 'all met', found: found[status] };
  return { ...draft(said, { file, rerun, scenario: id }, judged[status]), metric: 'expectations' };
}

function unitDrafts(expected: readonly Unit[], found: readonly Unit[], originOf: (subject: string) => Origin): Draft[] {
  const foundBySubject = new Map(found.map((unit) => [unit.subject, unit]));
  const known = new Set(expected.map(({ subject }) => subject));
  const held = expected.flatMap((unit): Draft[] => {
    const { subject } = unit;
    const there = foundBySubject.get(subject);
    if (there !== undefined) return valueDrafts(unit, there, originOf(subject));
    const said = { subject, aspect: 'presence', expected: 'present', found: absent };
    return [draft(said, originOf(subject), 'failed')];
  });
  const unjudged = found
    .filter(({ subject }) => !known.has(subject))
    .map(({ subject }) => {
      const said = { subject, aspect: 'presence', expected: 'not in the baseline', found: 'present' };
      return draft(said, originOf(subject), 'unknown');
    });
  return [...held, ...unjudged];
}

function valueDrafts(expected: Unit, found: Unit, origin: Origin): Draft[] {
  const aspects = [...new Set([...expected.aspects.keys(), ...found.aspects.keys()])];
  return aspects.map((aspect) => {
    const kind = kindOf(aspect);
    const [wanted, there] = [expected.aspects.get(aspect) ?? absent, found.aspects.get(aspect) ?? absent];
    const judge = isTolerated(kind.metric)
      ? (tolerance: Tolerance) => judgeNumber(wanted, there, tolerance)
      : () => ({ status: wanted === there ? ('passed' as const) : ('failed' as const), change: null, why: null });
    return { subject: expected.subject, aspect, ...kind, ...origin, expected: wanted, found: there, judge };
  });
}

/** Less is better and never fails; more passes up to the tolerance. A class of rules that one side lacks has none there. */
function judgeNumber(wanted: string, there: string, tolerance: Tolerance): Judgement {
  const [expected, found] = [wanted, there].map((text) => (text === absent ? 0 : Number(text)));
  if (expected === undefined || found === undefined || !Number.isFinite(expected) || !Number.isFinite(found))
    return { status: wanted === there ? 'passed' : 'failed', change: null, why: null };
  const change = expected === found ? 0 : expected === 0 ? null : (found - expected) / Math.abs(expected);
  if (found === expected) return { status: 'passed', change: null, why: null };
  if (found < expected) return { status: 'better', change, why: null };
  const limit = limitOf(expected, tolerance);
  if (found <= limit) return { status: 'passed', change, why: null };
  return { status: 'failed', change, why: limit > expected ? `at most ${Math.floor(limit)} is tolerated` : null };
}
