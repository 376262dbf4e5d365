import type { RunDocument } from '#run-document';
import { type Baseline, baselineOf } from './baseline.js';
import { scenarioSubject, type Unit, unitsOf } from './units.js';

export type CheckStatus = 'passed' | 'failed' | 'unknown';

export interface GateCheck {
  /** What was judged: `scenario kernel-update: update everything`. */
  readonly subject: string;
  /** Which of its values: `counters.rulesTotal`. */
  readonly aspect: string;
  readonly status: CheckStatus;
  readonly expected: string;
  readonly found: string;
  /** Scenario file it comes from, and the command that runs it alone, where there is one. */
  readonly file: string | null;
  readonly rerun: string | null;
}

export interface GateVerdict {
  readonly format: 'kmplab/gate-verdict';
  readonly version: 1;
  readonly run: string;
  readonly baseline: string;
  /** `failed` when a check failed; `unknown` when none did but something could not be judged; only otherwise `passed`. */
  readonly status: CheckStatus;
  readonly checks: readonly GateCheck[];
  /** What a reader should know before trusting the comparison. */
  readonly notes: readonly string[];
}

const absent = 'missing';

export interface JudgeOptions {
  /** Whether the run is known to be a part of what the baseline was taken of. Default: false, and what it lacks failed. */
  readonly part?: boolean;
}

/**
 * Holds a run against a baseline: every exact value must be the one that the baseline has. What the baseline has and the run lacks
 * failed; what only the run has, what did not run and what could not be run is unknown. Neither ever passes. Of a part those scenarios,
 * series, kernels and repositories are judged that it has, each of them whole.
 */
export function judge(run: RunDocument, baseline: Baseline, { part = false }: JudgeOptions = {}): GateVerdict {
  const found = baselineOf(run);
  const origin = originOf(run);
  const [foundUnits, allUnits] = [unitsOf(found), unitsOf(baseline)];
  const present = new Set(foundUnits.map(({ of }) => of));
  const expectedUnits = part ? allUnits.filter(({ of }) => present.has(of)) : allUnits;
  const missed = run.notRun.filter(({ what }) => what !== 'growth' || (!part && baseline.growth.length > 0));
  const checks = [
    ...compareUnits(expectedUnits, foundUnits, origin),
    ...run.scenarios.map(expectationCheck),
    ...missed.map(
      ({ what, why }): GateCheck => ({
        subject: what,
        aspect: 'ran',
        status: 'unknown',
        expected: 'ran',
        found: `did not run: ${why}`,
        file: null,
        rerun: null,
      }),
    ),
  ];
  return {
    format: 'kmplab/gate-verdict',
    version: 1,
    run: run.name,
    baseline: baseline.name,
    status: overall(checks, baseline),
    checks,
    notes: [...partNotes(expectedUnits.length, allUnits.length, part), ...notes(baseline, found)],
  };
}

function overall(checks: readonly GateCheck[], baseline: Baseline): CheckStatus {
  if (checks.some(({ status }) => status === 'failed')) return 'failed';
  const judgedNothing = baseline.scenarios.length === 0 || !checks.some(({ status }) => status === 'passed');
  return judgedNothing || checks.some(({ status }) => status === 'unknown') ? 'unknown' : 'passed';
}

/** Whatever the baseline says: a scenario that missed its expectation fails, one that could not be run is unknown. */
function expectationCheck({ id, status, error, file, rerun }: RunDocument['scenarios'][number]): GateCheck {
  const judged = { passed: 'passed', failed: 'failed', error: 'unknown', bug: 'unknown' } as const;
  const why = error ?? '';
  const found = { passed: 'all met', failed: 'not all met', error: `could not be run: ${why}`, bug: why };
  return {
    subject: scenarioSubject(id),
    aspect: 'expectations',
    status: judged[status],
    expected: 'all met',
    found: found[status],
    file,
    rerun,
  };
}

type Origin = Pick<GateCheck, 'file' | 'rerun'>;

function originOf({ scenarios }: RunDocument): (subject: string) => Origin {
  return (subject) => {
    const scenario = scenarios.find(({ id }) => {
      const name = scenarioSubject(id);
      return subject === name || subject.startsWith(`${name}: `);
    });
    return { file: scenario?.file ?? null, rerun: scenario?.rerun ?? null };
  };
}

function compareUnits(
  expected: readonly Unit[],
  found: readonly Unit[],
  origin: (subject: string) => Origin,
): GateCheck[] {
  const foundBySubject = new Map(found.map((unit) => [unit.subject, unit]));
  const known = new Set(expected.map(({ subject }) => subject));
  const checks = expected.flatMap((unit): GateCheck[] => {
    const { subject } = unit;
    const there = foundBySubject.get(subject);
    if (there !== undefined) return compareAspects(unit, there, origin(subject));
    return [{ subject, aspect: 'presence', status: 'failed', expected: 'present', found: absent, ...origin(subject) }];
  });
  const unjudged = found
    .filter(({ subject }) => !known.has(subject))
    .map(
      ({ subject }): GateCheck => ({
        subject,
        aspect: 'presence',
        status: 'unknown',
        expected: 'not in the baseline',
        found: 'present',
        ...origin(subject),
      }),
    );
  return [...checks, ...unjudged];
}

function compareAspects(expected: Unit, found: Unit, origin: Origin): GateCheck[] {
  const aspects = [...new Set([...expected.aspects.keys(), ...found.aspects.keys()])];
  return aspects.map((aspect) => {
    const wanted = expected.aspects.get(aspect) ?? absent;
    const there = found.aspects.get(aspect) ?? absent;
    const status = wanted === there ? 'passed' : 'failed';
    return { subject: expected.subject, aspect, status, expected: wanted, found: there, ...origin };
  });
}

function partNotes(judged: number, all: number, part: boolean): string[] {
  if (!part) return [];
  return [
    `This is a part: of ${all} steps, series and facts of the baseline ${judged} were judged. The others say nothing.`,
  ];
}

function notes(baseline: Baseline, found: Baseline): string[] {
  const time =
    'Time was not judged: that needs a baseline measured on this machine in the same run, in turns with the candidate.';
  const differing = (['version', 'build', 'emcc', 'moduleSha256'] as const)
    .filter((key) => baseline.libsolv[key] !== found.libsolv[key])
    .map(
      (key) =>
        `libsolv's ${key} is ${found.libsolv[key]}, the baseline was taken with ${baseline.libsolv[key]}: counters may differ for that reason alone.`,
    );
  return [time, ...differing];
}
