import { describe, expect, it } from 'vitest';
import { regimes } from '#kernel';
import type { GrowthSeries, PromiseResult, RunDocument, ScenarioResult, StepResult } from '#run-document';
import { verdictSentences } from '#tell';
import { schemeTable } from '../../src/cli/text/scheme-table.js';
import { verdictOf } from '../../src/run/verdict.js';
import { suseChurn } from '../../src/tell/reference-churn.js';
import { history } from '../support/history.js';
import { counters, growthPoint } from '../support/run-document/measurement.js';
import { kernelUpdate } from '../support/run-document/scenarios.js';
import { step } from '../support/run-document/step.js';
import { runDocument } from '../support/run-document.js';

const solved = { status: 'solved' as const, steps: [], recommendedNotInstalled: [], orphaned: [], unknown: [] };
const lost: PromiseResult = {
  promise: 'drivenStaysDriven',
  status: 'broken',
  total: 1,
  evidence: [{ kind: 'noKernel' }],
};
const kept: PromiseResult = { promise: 'drivenStaysDriven', status: 'kept' };
const rootUnknown: PromiseResult = { promise: 'rootMounted', status: 'notJudged', why: 'rootUnknown' };
const rootKept: PromiseResult = { promise: 'rootMounted', status: 'kept' };

/** A scenario whose steps came to these promises. */
function scenario(
  id: string,
  steps: readonly PromiseResult[][],
  changes: Partial<ScenarioResult> = {},
): ScenarioResult {
  return {
    ...kernelUpdate(),
    id,
    steps: steps.map((promises, at): StepResult => step(`${at}`, 'zypper up', solved, { promises })),
    ...changes,
  };
}

function judged(findings: Partial<Parameters<typeof verdictOf>[0]>) {
  return verdictOf({ scenarios: [], growth: [], histories: [], notRun: [], ...findings });
}

function told(findings: Partial<RunDocument>): string {
  const empty = { scenarios: [], growth: [], churn: [], histories: [], notRun: [] };
  const run = runDocument({ ...empty, ...findings });
  return verdictSentences({ ...run, verdict: verdictOf(run) }).join('\n');
}

describe('a verdict', () => {
  it('counts what any step breaks, not what the last one leaves', () => {
    const { schemes } = judged({
      scenarios: [scenario('mended', [[kept], [lost], [kept]]), scenario('fine', [[kept]])],
    });
    expect(schemes).toHaveLength(1);
    expect(schemes[0]).toMatchObject({ scheme: 'modular', scenarios: 2, broken: ['mended'] });
    const tally = schemes[0]?.promises.find(({ promise }) => promise === 'drivenStaysDriven');
    expect(tally).toMatchObject({ broken: ['mended'], kept: 1, notJudged: 0, notApplicable: 0 });
  });

  it('never counts what nobody knows as kept', () => {
    const { schemes } = judged({ scenarios: [scenario('half known', [[rootKept], [rootUnknown]])] });
    const tally = schemes[0]?.promises.find(({ promise }) => promise === 'rootMounted');
    expect(tally).toMatchObject({ broken: [], kept: 0, notJudged: 1 });
  });

  it('mixes no schemes, and counts traps apart', () => {
    const { schemes, traps } = judged({
      scenarios: [
        scenario('a', [[lost]]),
        scenario('b', [[kept]], { scheme: 'monolithic' }),
        scenario('c', [[lost]], { scheme: 'modular softdeps=recommends' }),
        scenario('d', [[lost]], { trap: true }),
      ],
    });
    const rows = (tallies: typeof schemes) =>
      tallies.map(({ scheme, scenarios, broken }) => [scheme, scenarios, broken]);
    expect(rows(schemes)).toEqual([
      ['modular', 1, ['a']],
      ['monolithic', 1, []],
      ['modular softdeps=recommends', 1, ['c']],
    ]);
    expect(rows(traps)).toEqual([['modular', 1, ['d']]]);
  });

  it('tallies each promise by its own name, and one that no step speaks of as not applicable', () => {
    const silent: PromiseResult = { promise: 'kernelComplete', status: 'notApplicable', why: 'noKernelAsked' };
    const { schemes } = judged({ scenarios: [scenario('a', [[lost, rootKept, silent]])] });
    const tally = (id: string) => schemes[0]?.promises.find(({ promise }) => promise === id);
    expect(tally('drivenStaysDriven')).toMatchObject({ broken: ['a'], kept: 0 });
    expect(tally('rootMounted')).toMatchObject({ broken: [], kept: 1, notApplicable: 0 });
    expect(tally('kernelComplete')).toMatchObject({ broken: [], kept: 0, notJudged: 0, notApplicable: 1 });
    expect(tally('oneOwner')).toMatchObject({ broken: [], kept: 0, notJudged: 0, notApplicable: 1 });
  });

  it('tallies no scenario that did not get as far as its first step', () => {
    const none = scenario('error', [], { status: 'error', trap: true });
    expect(judged({ scenarios: [none, { ...none, trap: false }] })).toMatchObject({ schemes: [], traps: [] });
  });

  it('is of what was asked, be it histories or growth alone', () => {
    expect(judged({ histories: [history()] }).status).toBe('passed');
    expect(judged({ histories: [history(), { ...history(), error: 'no such file' }] }).status).toBe('unknown');
    expect(judged({ growth: [series(1)] }).status).toBe('passed');
  });

  it('passes where all that was asked passed, and is unknown where something asked for did not run', () => {
    const passed = scenario('a', [[lost]]);
    // That a promise is broken is what the scenario expects: the run did what it was asked.
    expect(judged({ scenarios: [passed] }).status).toBe('passed');
    expect(judged({ scenarios: [passed, { ...passed, status: 'failed' }] }).status).toBe('failed');
    expect(
      judged({ scenarios: [passed, { ...passed, status: 'error', error: 'no such file', steps: [] }] }).status,
    ).toBe('unknown');
    expect(
      judged({ scenarios: [passed, { ...passed, status: 'bug', error: 'internal error', steps: [] }] }).status,
    ).toBe('unknown');
    expect(
      judged({ scenarios: [passed], notRun: [{ what: 'a comparison', why: 'no checksums', bug: false }] }).status,
    ).toBe('unknown');
    expect(judged({}).status).toBe('unknown');
  });
});

function series(exponent: number, slopes: readonly number[] = [], by: 'work' | 'time' = 'work'): GrowthSeries {
  const law = { by, exponent, factor: 1, rSquared: 0.9999 };
  const local = slopes.map((slope, at) => ({ from: 2 ** at, to: 2 ** (at + 1), exponent: slope }));
  return {
    name: 'kernelModules',
    over: 'kernelModules',
    scheme: 'modular',
    regime: null,
    question: 'How does it grow?',
    points: [250, 500, 1000, 2000, 4023].map((size) => growthPoint(size, 2 * size, size)),
    fits: [
      { of: 'solve', ...law, exponent: 0.9, slopes: [] },
      { of: 'order', ...law, slopes: local },
    ],
  };
}

describe('growth in a verdict', () => {
  const order = (one: GrowthSeries) => judged({ growth: [one] }).growth.find(({ phase }) => phase === 'order')?.answer;

  it('is in proportion up to an exponent of 1.3, and faster beyond', () => {
    expect([1, 1.29, 1.3, 1.31, 1.5, 1.59].map((exponent) => order(series(exponent)))).toEqual([
      'inProportion',
      'inProportion',
      'inProportion',
      'faster',
      'faster',
      'faster',
    ]);
  });

  it('goes by counted work where there is some, and is uncertain where a phase has no fit', () => {
    const [work, time] = [series(1, [], 'work'), series(2, [], 'time')];
    const both = { ...work, fits: [...time.fits, ...work.fits] };
    expect(judged({ growth: [both] }).growth).toMatchObject([
      { phase: 'solve', by: 'work', answer: 'inProportion' },
      { phase: 'order', by: 'work', answer: 'inProportion' },
    ]);
    const half = { ...work, fits: work.fits.slice(0, 1) };
    expect(judged({ growth: [half] }).growth.map(({ answer }) => answer)).toEqual(['inProportion', 'uncertain']);
  });

  it('says nothing of kernels side by side, which are another question', () => {
    expect(judged({ growth: [{ ...series(2), over: 'buildsSideBySide' }] }).growth).toEqual([]);
  });

  it('is faster where the last slope says so, though one power through all points does not', () => {
    expect(order(series(1.2, [0.9, 1.1, 1.45]))).toBe('faster');
    // Times are noisy: a slope between two of them decides nothing.
    expect(order(series(1.2, [0.9, 1.1, 1.45], 'time'))).toBe('inProportion');
  });

  it('is uncertain where the fit is', () => {
    const vague = series(2);
    expect(order({ ...vague, fits: vague.fits.map((fit) => ({ ...fit, rSquared: 0.5 })) })).toBe('uncertain');
  });

  it('is told by its slopes with their range', () => {
    const text = told({ growth: [series(1.7, [1.51, 1.62, 1.76, 1.98])] });
    expect(text).toContain(
      'Ordering grows faster than the packages: n^1.51 to n^1.98 from one size to the next, by work.',
    );
    expect(text).toContain('Solving grows no faster than the packages: n^0.90, by work.');
  });
});

describe('sentences of a verdict', () => {
  /** Updates each of which begins where the one before ended. */
  const updates = (...shares: readonly (readonly [broken: number, brokenInAll: number])[]) => {
    const [churn] = runDocument().churn;
    if (churn === undefined) throw new Error('the run has an update');
    return shares.map(([broken, brokenInAll], at) => ({
      ...churn,
      from: `6.1.${at}`,
      to: `6.1.${at + 1}`,
      kernelModules: 1000,
      broken,
      brokenInAll,
    }));
  };

  it('give one update its own figures, and a median only from three on', () => {
    const one = told({ churn: updates([300, 670]) });
    expect(one).toContain(
      'breaks 30 % of the kernel modules directly. With those that depend on them 67 % no longer load.',
    );
    expect(one).not.toMatch(/mildest|\(median/);
    expect(told({ churn: updates([300, 670], [840, 940]) })).toContain(
      'break 30 % to 84 % of the kernel modules directly',
    );
    const three = told({ churn: updates([300, 670], [840, 940], [760, 890]) });
    expect(three).toContain('30 % to 84 % (median 76 %) of the kernel modules');
    expect(three).toContain('67 % to 94 % (median 89 %) no longer load');
  });

  it('tell each line of kernels by itself', () => {
    const other = updates([940, 980]).map((update) => ({ ...update, from: '6.12.116', to: '6.12.117' }));
    const text = told({ churn: [...updates([300, 670], [840, 940]), ...other] });
    expect(text).toContain('2 updates between 6.1.0 and 6.1.2 break ');
    expect(text).toContain('The update from 6.12.116 to 6.12.117 ');
  });

  it("put what SUSE's promise is worth beside updates without one, as the regime has it that was measured", () => {
    const sentence = 'Debian promises no kABI; SUSE does: the median of 16 updates';
    expect(told({ churn: updates([300, 670]) })).toContain(sentence);
    expect(told({ churn: [] })).not.toContain(sentence);
    const measured = regimes.find(({ name }) => name === 'kabi-maintained')?.brokenModules.map(([, share]) => share);
    expect([suseChurn.broken.median, suseChurn.broken.most]).toEqual(measured);
  });

  it('say of a machine that mounts no root file system that it is broken', () => {
    const unmounted: PromiseResult = {
      promise: 'rootMounted',
      status: 'broken',
      total: 1,
      evidence: [{ kind: 'rootNeed', need: 'ext4', kernel: '1', state: 'notInstalled' }],
    };
    const eight = Array.from({ length: 8 }, (_, at) => scenario(`fresh ${at}`, [[kept, unmounted]]));
    const text = told({ scenarios: eight });
    expect(text).toContain('lose something that they must keep in 8 of 8 scenarios');
    expect(text).toContain('the root file system is not mounted in 8 of 8');
    expect(text).not.toMatch(/\byes\b/i);
  });

  it('say how much of a clean count was not judged', () => {
    const text = told({ scenarios: [scenario('a', [[kept, rootUnknown]])] });
    expect(text).toContain('keep everything that could be judged (1 scenario)');
    expect(text).toContain('Nobody can say in 1 scenario whether the root file system is mounted');
  });

  it('name the schemes with the most scenarios, count the others, and say what scripts cost', () => {
    const under = (scheme: string, scenarios: number) =>
      Array.from({ length: scenarios }, (_, at) => scenario(`${scheme} ${at}`, [[at === 0 ? lost : kept]], { scheme }));
    const [first, ...more] = [...under('a', 5), ...under('b', 4), ...under('c', 3), ...under('d', 2), ...under('e', 1)];
    if (first === undefined) throw new Error('there is a first scenario');
    const cost: StepResult['costs'][number] = {
      kind: 'depmodByScripts',
      seconds: { low: 5760, high: 21_960 },
      counted: 'simulated',
      timed: 'measured',
      source: 'here',
      runs: { least: 24_000, most: 32_895 },
      kernelModules: { least: 1, most: 4023 },
    };
    const costly = { ...first, steps: first.steps.map((one) => ({ ...one, costs: [cost] })) };
    const text = told({ scenarios: [costly, ...more] });
    expect(text.match(/Machines under/g)).toHaveLength(3);
    expect(text).not.toContain('Machines under "d"');
    expect(text).toContain('Under 2 of 2 other designs');
    expect(text).toContain('run depmod 32,895 times. That takes 1.60 to 6.10 h (simulated, time measured).');
  });

  it('claim nothing of what was not asked', () => {
    expect(told({})).toBe('Nothing was measured.');
  });
});

describe('the table of schemes on a terminal', () => {
  const run = (steps: readonly StepResult[]) => {
    const scenarios = steps.map((one, at) => ({ ...kernelUpdate(), scheme: `scheme-${at}`, steps: [one] }));
    return schemeTable(runDocument({ scenarios, schemes: [] }));
  };

  it('shows the median of the samples, which is neither the least nor the first', () => {
    const phases = [{ phase: 'solve' as const, samplesMs: [9, 1.5, 4.5] }];
    expect(run([step('s', 'zypper up', solved, { phases, counters: counters({ work: null }) })])).toMatch(/ 4\.5 /);
  });

  it('says not applicable where the request names what the scheme does not have', () => {
    const nobody: PromiseResult = { promise: 'kernelComplete', status: 'notApplicable', why: 'otherScheme' };
    const unsolvable = { status: 'unsolvable' as const, problems: [], causes: { first: [], total: 0 } };
    const table = run([
      step('s', 'zypper in e1000e-kmp-default', unsolvable, { promises: [nobody] }),
      step('s', 'zypper in e1000e-kmp-default', unsolvable, { promises: [] }),
    ]);
    expect(table).toMatch(/scheme-0 +not applicable/);
    expect(table).toMatch(/scheme-1 +no solution/);
  });
});
