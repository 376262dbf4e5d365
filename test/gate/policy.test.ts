import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accept, baselineOf, type GateFile, gateFileSchema, judge, readGateFile, renderGithub } from '#gate';
import type { RunDocument, StepResult } from '#run-document';
import { cli } from '../support/cli.js';
import { runDocument } from '../support/run-document.js';
import { temporaryDirectory } from '../support/temporary.js';

const run = runDocument();
const baseline = baselineOf(run);
const [scenario, ...others] = run.scenarios;
const first = scenario?.steps[0];
if (scenario === undefined || first === undefined) throw new Error('the made-up run has scenarios');
const { work } = first.counters;
const id = scenario.id;

/** The run with other counters in the first step of its first scenario. */
function having(counters: Partial<StepResult['counters']>): RunDocument {
  const [step, ...steps] = scenario?.steps ?? [];
  if (scenario === undefined || step === undefined) throw new Error('unreachable');
  const changed = { ...step, counters: { ...step.counters, ...counters } };
  return { ...run, scenarios: [{ ...scenario, steps: [changed, ...steps] }, ...others] };
}

const gate = (settings: unknown): GateFile => gateFileSchema.parse(settings);
const rules = first.counters.rulesTotal;

function moved(candidate: RunDocument, settings: unknown, today = '2026-11-21') {
  const { status, checks, notes } = judge(candidate, baseline, { gate: gate(settings), today });
  const passing = new Set(['passed']);
  return { status, moved: checks.filter((check) => !passing.has(check.status)), notes };
}

describe('a tolerance', () => {
  it('lets a little more pass, and not a little more than that', () => {
    const one = (share: number) => having({ rulesTotal: Math.round(rules * (1 + share)) });
    expect(moved(one(0.009), { tolerances: { rules: '1 %' } })).toMatchObject({ status: 'passed', moved: [] });
    const over = moved(one(0.011), { tolerances: { rules: '1 %' } });
    expect(over.status).toBe('failed');
    expect(over.moved).toMatchObject([{ aspect: 'counters.rulesTotal', metric: 'rules', status: 'failed' }]);
    expect(over.moved[0]?.change).toBeCloseTo(0.011, 3);
    expect(moved(one(0.0001), {}).status).toBe('failed');
  });

  it('is of bytes where bytes are meant', () => {
    const heap = first.counters.heapBytesMax;
    const settings = { tolerances: { heap: '64 KiB' } };
    expect(moved(having({ heapBytesMax: heap + 65_536 }), settings).status).toBe('passed');
    expect(moved(having({ heapBytesMax: heap + 65_537 }), settings).status).toBe('failed');
  });

  it('is not needed for less, which is better, passes, and is said', () => {
    const better = moved(having({ heapBytesMax: first.counters.heapBytesMax - 720 }), {});
    expect(better.status).toBe('passed');
    expect(better.moved).toMatchObject([{ aspect: 'counters.heapBytesMax', status: 'better' }]);
  });

  it('is of no use to an answer, nor to the number of decisions', () => {
    const settings = { tolerances: { work: '50 %', rules: '50 %', heap: '50 %', steps: '50 %', bytes: '50 %' } };
    expect(moved(having({ decisions: first.counters.decisions - 1 }), settings).status).toBe('failed');
    expect(moved(having({ problems: 1 }), settings).status).toBe('failed');
  });
});

describe('a rule', () => {
  it('has a phase of a scenario warned of, tolerated or not judged; later ones win', () => {
    const slower = having({ work: { ...work, solve: (work?.solve ?? 0) + 10 } });
    const where = { scenario: `${id.slice(0, 3)}*`, phase: 'solve', metric: 'work' };
    expect(moved(slower, {}).status).toBe('failed');
    expect(moved(slower, { rules: [{ ...where, level: 'warn' }] })).toMatchObject({
      status: 'passed',
      moved: [{ status: 'warned', phase: 'solve' }],
    });
    expect(moved(slower, { rules: [{ ...where, tolerance: 10 }] })).toMatchObject({ status: 'passed', moved: [] });
    const off = moved(slower, { rules: [{ ...where, level: 'off' }] });
    expect([off.status, off.moved]).toEqual(['passed', []]);
    expect(off.notes.join()).toMatch(/values? at level off w/);
    expect(
      moved(slower, {
        rules: [
          { ...where, level: 'off' },
          { metric: 'work', level: 'error' },
        ],
      }).status,
    ).toBe('failed');
    expect(moved(slower, { rules: [{ ...where, phase: 'order', level: 'off' }] }).status).toBe('failed');
    expect(moved(slower, { rules: [{ ...where, scenario: 'other', level: 'off' }] }).status).toBe('failed');
  });
});

describe('a budget', () => {
  it('is absolute: what the baseline has too fails, what is under it passes', () => {
    const budget = (most: number) => ({ budgets: [{ scenario: id, metric: 'rules', most }] });
    const over = moved(run, budget(rules - 1));
    expect(over.status).toBe('failed');
    expect(over.moved[0]).toMatchObject({ aspect: 'counters.rulesTotal, budget', why: 'over an absolute budget' });
    expect(moved(run, budget(rules)).status).toBe('passed');
  });

  it('that bounds nothing could not be judged', () => {
    const { status, moved: checks } = moved(run, { budgets: [{ scenario: 'mistyped', metric: 'rules', most: 1 }] });
    expect(status).toBe('unknown');
    expect(checks[0]?.subject).toBe('kmplab-gate.yaml: budgets[0]');
  });
});

describe('the growth exponent', () => {
  /** The series with rules that grow by a power of the size, a little off the line. */
  function growing(exponent: number): RunDocument {
    const [series, ...rest] = run.growth;
    if (series === undefined) throw new Error('unreachable');
    const points = series.points.map((point, index) => {
      const off = index % 2 === 0 ? 1.005 : 0.995;
      const rulesTotal = Math.round(100 * point.size ** exponent * off);
      return { ...point, counters: { ...point.counters, rulesTotal } };
    });
    return { ...run, growth: [{ ...series, points }, ...rest] };
  }
  const off = [{ metric: 'rules', level: 'off' }];
  const exponents = (candidate: RunDocument, against: RunDocument, settings: object = {}) =>
    judge(candidate, baselineOf(against), { gate: gate({ rules: off, ...settings }) })
      .checks.filter(
        ({ subject, aspect }) => subject === 'growth kernelModules' && aspect.startsWith('exponent of rules'),
      )
      .map(({ status }) => status);

  it('is worse only where its whole interval lies above that of the baseline', () => {
    expect(exponents(growing(1.2), growing(1))).toEqual(['failed']);
    expect(exponents(growing(1), growing(1.2))).toEqual(['better']);
    expect(exponents(growing(1.001), growing(1))).toEqual(['passed']);
  });

  it('has an absolute bound, and nobody can tell where the bound lies within the interval', () => {
    const bound = (most: number) =>
      exponents(growing(1.2), growing(1.2), { growth: { most: { 'kernel* rulesTotal': most } } });
    expect(bound(1.3)).toEqual(['passed', 'passed']);
    expect(bound(1.1)).toEqual(['passed', 'failed']);
    expect(bound(1.2)).toEqual(['passed', 'unknown']);
  });
});

describe('a known finding', () => {
  const worse = having({ rulesTotal: rules + 1 });
  const known = { known: [{ scenario: id, aspect: 'counters.rulesTotal', until: '2026-11-21', reason: 'bug 17' }] };

  it('does not fail until its day has passed', () => {
    expect(moved(worse, known, '2026-11-21')).toMatchObject({
      status: 'passed',
      moved: [{ status: 'known', why: 'known until 2026-11-21: bug 17' }],
    });
    expect(moved(worse, known, '2026-11-22')).toMatchObject({
      status: 'failed',
      moved: [{ status: 'failed', why: 'was known until 2026-11-21: bug 17' }],
    });
  });

  it('hides nothing else, and says when it can go', () => {
    expect(moved(having({ rulesTotal: rules + 1, decisions: 1 }), known).status).toBe('failed');
    expect(moved(run, known).notes.join()).toContain('can go: bug 17');
  });
});

describe('an accepted run', () => {
  const options = { on: '2026-11-21', by: 'Ada', reason: 'libsolv 0.7.40', part: false };

  it('becomes the baseline, and keeps who moved what and why', () => {
    const worse = having({ rulesTotal: rules + 1 });
    const verdict = judge(worse, baseline);
    const taken = accept(worse, { baseline, verdict }, options);
    expect(judge(worse, taken).status).toBe('passed');
    expect(taken.accepted).toMatchObject([
      { on: '2026-11-21', by: 'Ada', reason: 'libsolv 0.7.40', failed: 1, better: 0 },
    ]);
    expect(taken.accepted[0]?.first[0]).toContain(`counters.rulesTotal: ${rules}, now ${rules + 1}`);
    const again = accept(run, { baseline: taken, verdict: judge(run, taken) }, { ...options, reason: 'back' });
    expect(again.accepted.map(({ reason, better }) => [reason, better])).toEqual([
      ['back', 1],
      ['libsolv 0.7.40', 0],
    ]);
  });

  it('that is a part leaves the rest of the baseline as it is', () => {
    const worse = { ...having({ rulesTotal: rules + 1 }), growth: [] };
    const part = { ...worse, scenarios: worse.scenarios.slice(0, 1) };
    const taken = accept(
      part,
      { baseline, verdict: judge(part, baseline, { part: true }) },
      { ...options, part: true },
    );
    expect(taken.scenarios.map((one) => one.id)).toEqual(baseline.scenarios.map((one) => one.id));
    expect(taken.growth).toEqual(baseline.growth);
    expect(judge({ ...worse, growth: run.growth }, taken).status).toBe('passed');
    expect(judge(run, taken).checks.filter(({ status }) => status === 'better')).toHaveLength(1);
  });

  it('is written by kmplab gate accept, with the day that is told', async () => {
    const directory = await temporaryDirectory();
    const [file, base] = [join(directory, 'run.json'), join(directory, 'baseline.json')];
    await writeFile(file, JSON.stringify(run));
    const said = ['--reason', 'first', '--by', 'Ada', '--date', '2026-11-21'];
    expect(await cli('gate', 'accept', file, '--baseline', base, ...said)).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(base, 'utf8'))).toMatchObject({ accepted: [{ on: '2026-11-21', by: 'Ada' }] });
    expect((await cli('gate', file, '--baseline', base)).code).toBe(0);
    expect((await cli('gate', file, '--baseline', base, '--date', '2026-02-30')).code).toBe(2);
  });
});

describe('settings', () => {
  it.each([
    ['tolerance: 1', 'unknown key "tolerance"'],
    ['tolerances: { work: much }', 'is no tolerance'],
    ['rules: [{ level: loud }]', ''],
    ['known: [{ until: tomorrow, reason: x }]', ''],
    ['known: [{ until: 2026-11-21 }]', ''],
    ['budgets: [{ metric: answers, most: 1 }]', ''],
  ])('that are wrong are bad input, with their line: %s', async (text, said) => {
    const file = join(await temporaryDirectory(), 'kmplab-gate.yaml');
    await writeFile(file, `# a comment\n${text}\n`);
    await expect(readGateFile(file)).rejects.toThrowError(
      expect.objectContaining({ name: 'InputError', message: expect.stringMatching(/kmplab-gate\.yaml:2:\d+/) }),
    );
    if (said !== '') await expect(readGateFile(file)).rejects.toThrowError(said);
  });

  it('of this repository are read, and name its baseline', async () => {
    expect(await readGateFile('kmplab-gate.yaml')).toMatchObject({ baseline: 'reports/baseline/run.json' });
  });
});

describe("GitHub's annotations", () => {
  it('stand at the scenario, escaped, and end with the sum', () => {
    const worse = { ...having({ rulesTotal: rules + 1 }), name: 'a%b,c:d' };
    const lines = renderGithub(judge(worse, baseline)).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^::error file=scenarios\/real\/kernel-update\.yaml,title=kmplab gate%3A scenario /);
    expect(lines[0]).toContain('%0Arun it alone: kmplab run scenarios/real/kernel-update.yaml');
    expect(lines.at(-1)).toMatch(/^::error title=kmplab gate::gate FAILED: run a%25b,c:d against baseline/);
    // What a line of a log must not be able to say.
    const hostile = { ...worse, notRun: [{ what: 'x\n::set-output name=a::b', why: '\r\n::error::', bug: false }] };
    for (const line of renderGithub(judge(hostile, baseline)).trimEnd().split('\n'))
      expect(line).toMatch(/^::(error|warning|notice) (file=[^,]+,)?title=kmplab gate/);
  });
});
