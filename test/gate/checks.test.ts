import { describe, expect, it } from 'vitest';
import { baselineOf, judge } from '#gate';
import type { RunDocument } from '#run-document';
import { unitsOf } from '../../src/gate/units.js';
import { runDocument } from '../support/run-document.js';

const run = runDocument();
const baseline = baselineOf(run);
const [first] = run.scenarios;
if (first === undefined) throw new Error('the made-up run has no scenario');
const origin = { file: first.file, rerun: first.rerun };
/** Of an answer, which has no phase, no amount, and needs no reason. */
const unmeasured = { phase: null, metric: 'answers', change: null, why: null };
const withFirst = (changes: Partial<typeof first>): RunDocument => ({
  ...run,
  scenarios: [{ ...first, ...changes }, ...run.scenarios.slice(1)],
});
const checks = (candidate: RunDocument, against = baseline, aspect = 'expectations') =>
  judge(candidate, against).checks.filter((check) => check.aspect === aspect);

describe('what a gate says', () => {
  it('of what did not run: why, and that nobody can judge it', () => {
    const missed = judge({ ...run, notRun: [{ what: 'growth', why: 'no time', bug: false }] }, baseline);
    expect(missed).toMatchObject({ format: 'kmplab/gate-verdict', version: 2, status: 'unknown' });
    expect(missed.checks.filter(({ aspect }) => aspect === 'ran')).toEqual([
      {
        subject: 'growth',
        aspect: 'ran',
        status: 'unknown',
        expected: 'ran',
        found: 'did not run: no time',
        file: null,
        rerun: null,
        ...unmeasured,
      },
    ]);
  });

  it('of a scenario: whether its expectations were met, or why it could not be run', () => {
    const subject = `scenario ${first.id}`;
    const of = (changes: Partial<typeof first>) => checks(withFirst(changes))[0];
    const check = {
      subject,
      aspect: 'expectations',
      expected: 'all met',
      ...origin,
      ...unmeasured,
      metric: 'expectations',
    };
    expect(of({ status: 'passed' })).toEqual({ ...check, status: 'passed', found: 'all met' });
    expect(of({ status: 'failed' })).toEqual({ ...check, status: 'failed', found: 'not all met' });
    const error = 'no such kernel';
    expect(of({ status: 'error', error })).toEqual({
      ...check,
      status: 'unknown',
      found: `could not be run: ${error}`,
    });
    expect(of({ status: 'error', error: null })).toMatchObject({ found: 'could not be run: ' });
  });

  it('of what only one side has: which one, and the command that runs its scenario', () => {
    const { id, steps } = first;
    const [gone] = steps;
    const lacking = checks(withFirst({ steps: steps.slice(1) }), baseline, 'presence');
    expect(lacking).toContainEqual({
      subject: `scenario ${id}: ${gone?.name}`,
      aspect: 'presence',
      status: 'failed',
      expected: 'present',
      found: 'missing',
      ...origin,
      ...unmeasured,
    });
    const more = checks(run, { ...baseline, scenarios: baseline.scenarios.slice(1) }, 'presence');
    expect(more).toContainEqual({
      subject: `scenario ${id}`,
      aspect: 'presence',
      status: 'unknown',
      expected: 'not in the baseline',
      found: 'present',
      ...origin,
      ...unmeasured,
    });
  });

  it('of another scenario whose name begins alike: its own command', () => {
    const twin = { ...first, id: `${first.id}-too`, file: 'other.yaml', rerun: 'kmplab run other.yaml' };
    const both = { ...run, scenarios: [first, twin] };
    const verdict = judge(both, baselineOf({ ...both, scenarios: [first, { ...twin, steps: [] }] }));
    const ofTwin = verdict.checks.filter(({ subject }) => subject.startsWith(`scenario ${twin.id}`));
    expect(new Set(ofTwin.map(({ file }) => file))).toEqual(new Set(['other.yaml']));
    const others = verdict.checks.filter(({ subject }) => /^(run|kernel|churn|repository|growth)/.test(subject));
    expect(new Set(others.map(({ file, rerun }) => `${file} ${rerun}`))).toEqual(new Set(['null null']));
  });

  it('of libsolv: each thing that is another one, and nothing of what is the same', () => {
    const other = { ...baseline, libsolv: { ...baseline.libsolv, emcc: '9.9' } };
    const notes = judge(run, other).notes.slice(1);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('emcc');
  });
});

describe('the units of a baseline', () => {
  it('are named after what they are of', () => {
    const units = unitsOf(baseline);
    const kinds = new Set(units.map(({ subject }) => subject.split(' ')[0]));
    expect(kinds).toEqual(new Set(['run', 'kernel', 'churn', 'repository', 'scenario', 'growth']));
    const growth = units.filter(({ subject }) => subject.startsWith('growth'));
    const [series] = baseline.growth;
    expect(growth.map(({ subject }) => subject)).toContain(`growth ${series?.name} at ${series?.points[0]?.size}`);
    expect(growth.every(({ subject, of }) => subject.startsWith(`${of} at `))).toBe(true);
    const whole = units.find(({ subject }) => subject === `scenario ${first.id}`);
    expect([...(whole?.aspects ?? [])]).toEqual([
      ['status', first.status],
      ['steps', `${first.steps.length}`],
    ]);
  });

  it('have an empty list as a fact, and a full one by its elements', () => {
    const [scenario] = baseline.scenarios;
    const step = unitsOf(baseline).find(({ subject }) => subject === `scenario ${first.id}: ${first.steps[0]?.name}`);
    const promises = scenario?.steps[0]?.promises ?? {};
    expect(step?.aspects.get('promises')).toBe(Object.keys(promises).length === 0 ? 'none' : undefined);
    expect(step?.aspects.has('audit.kernels')).toBe(false);
  });
});
