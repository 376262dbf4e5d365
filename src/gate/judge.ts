import type { Comparison, RunDocument } from '#run-document';
import { type Baseline, baselineOf } from './baseline.js';
import { budgetChecks } from './budgets.js';
import { type Draft, draftsOf, type SettledCheck } from './drafts.js';
import { type GateFile, strictGate } from './gate-file.js';
import { growthDrafts } from './growth-drafts.js';
import { knownFindings } from './known.js';
import { notesOf } from './notes.js';
import { partOf } from './part.js';
import { policyOf, type Settings } from './policy.js';
import { timeDrafts } from './time.js';
import { unitsOf } from './units.js';
import type { GateCheck, GateVerdict, VerdictStatus } from './verdict.js';

export interface JudgeOptions {
  /** Whether the run is known to be a part of what the baseline was taken of. Default: false, and what it lacks failed. */
  readonly part?: boolean;
  /** How it is judged. Default: everything exact, but that less of what costs passes. */
  readonly gate?: GateFile;
  /** The day, `2026-11-21`: known findings expire. Default: none has expired. */
  readonly today?: string;
  /** Time of this run's module and commit against the baseline's, taken on this machine; null where none was. */
  readonly comparison?: Comparison | null;
}

/**
 * Holds a run against a baseline. Answers must be the same; of what costs, less is better and a little more may be tolerated. What the baseline has
 * and the run lacks failed; what only the run has, what did not run and what could not be run is unknown. Neither ever passes. Of a part those
 * scenarios, series, kernels and repositories are judged that it has, each of them whole.
 */
export function judge(run: RunDocument, baseline: Baseline, options: JudgeOptions = {}): GateVerdict {
  const { part = false, gate = strictGate, today = '', comparison = null } = options;
  const found = baselineOf(run);
  const [foundUnits, allUnits] = [unitsOf(found), unitsOf(baseline)];
  const expectedUnits = part ? partOf(allUnits, foundUnits) : allUnits;
  const drafts = [
    ...draftsOf(run, {
      expected: expectedUnits,
      found: foundUnits,
      growthExpected: !part && baseline.growth.length > 0,
    }),
    ...growthDrafts(found, baseline, gate),
    ...timeDrafts(comparison, gate),
  ];
  const policy = policyOf(gate);
  const settled = drafts.flatMap((draft) => {
    const settings = policy(draft);
    return settings.level === 'off' ? [] : [settle(draft, settings)];
  });
  const { checks, notes } = knownFindings([...settled, ...budgetChecks(foundUnits, run, gate)], gate, today);
  return {
    format: 'kmplab/gate-verdict',
    version: 2,
    run: run.name,
    baseline: baseline.name,
    status: overall(checks, baseline),
    checks: checks.map(({ scenario: _where, ...check }) => check),
    notes: notesOf({
      baseline,
      found,
      judged: part ? { units: expectedUnits.length, all: allUnits.length } : null,
      off: drafts.length - settled.length,
      timed: comparison !== null,
      more: notes,
    }),
  };
}

function settle({ judge: judgement, ...draft }: Draft, { level, tolerance }: Settings): SettledCheck {
  const { status, change, why } = judgement(tolerance);
  const softened = level === 'warn' && (status === 'failed' || status === 'unknown') ? 'warned' : status;
  return { ...draft, status: softened, change, why };
}

function overall(checks: readonly GateCheck[], baseline: Baseline): VerdictStatus {
  if (checks.some(({ status }) => status === 'failed')) return 'failed';
  const judgedNothing = baseline.scenarios.length === 0 || !checks.some(({ status }) => status === 'passed');
  return judgedNothing || checks.some(({ status }) => status === 'unknown') ? 'unknown' : 'passed';
}
