import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineOf, type GateFile, gateFileSchema, judge } from '#gate';
import type { Comparison, JudgedTime, TimeJudgement } from '#run-document';
import { cli } from '../support/cli.js';
import { runDocument } from '../support/run-document.js';
import { temporaryDirectory } from '../support/temporary.js';

const run = runDocument();
const baseline = baselineOf(run);
const [scenario] = run.scenarios;
if (scenario === undefined) throw new Error('the made-up run has scenarios');

const timed = (level: 'warn' | 'error', more: object = {}): GateFile =>
  gateFileSchema.parse({ time: { level }, ...more });

function time(phase: JudgedTime['phase'], judgement: TimeJudgement): JudgedTime {
  const ratio = { same: 1, slower: 1.1, faster: 0.9, unknown: 1.03 }[judgement];
  const wide = judgement === 'unknown' ? 0.1 : 0.01;
  return {
    phase,
    aMs: 10,
    bMs: 10 * ratio,
    ratio,
    low: ratio - wide,
    high: ratio + wide,
    judgement,
    pairsToTell: null,
  };
}

/** The whole catalogue's `solve`, and that of one request. */
function comparison(all: TimeJudgement, one: TimeJudgement = 'same'): Comparison {
  const side = { name: '', libsolv: run.environment.libsolv, kmplab: run.environment.kmplab };
  const { node, v8, platform, cpu, cores, memoryBytes } = run.environment;
  return {
    ...{
      format: 'kmplab/comparison',
      version: 1,
      of: 'commit',
      a: side,
      b: side,
      seed: 1,
      totals: [],
      notCompared: [],
    },
    host: { node, v8, platform, cpu, cores, memoryBytes },
    steps: [
      {
        ...{
          scenario: scenario?.id ?? '',
          step: 'update everything',
          request: 'zypper up',
          file: 'one.yaml',
          rerun: null,
        },
        ...{ answer: { state: 'same' }, moved: [], samples: [], times: [time('solve', one)] },
      },
    ],
    timing: {
      ...{ clock: 'threadCpu', pairs: 8, margin: 0.03, confidence: 0.99, falseDiscoveryRate: 0.05 },
      phases: [time('solve', all)],
    },
  };
}

const judged = (comparisonOf: Comparison | null, gate: GateFile) => {
  const { status, checks, notes } = judge(run, baseline, { gate, comparison: comparisonOf });
  const times = checks.filter(({ metric }) => metric === 'time').map((check) => [check.subject, check.status]);
  return { status, times, untimed: notes.some((note) => note.startsWith('Time was not judged')) };
};

describe('time at the gate', () => {
  it.each([
    ['same', 'passed', 'passed'],
    ['faster', 'better', 'passed'],
    ['slower', 'failed', 'failed'],
    ['unknown', 'unknown', 'unknown'],
  ] as const)('of a phase that is %s is %s', (judgement, check, status) => {
    expect(judged(comparison(judgement), timed('error'))).toEqual({
      status,
      times: [['all requests', check]],
      untimed: false,
    });
  });

  it('of a single request is a finding where it is slower, at its own scenario, and none where nobody can tell', () => {
    const { status, times } = judged(comparison('same', 'slower'), timed('error'));
    expect([status, times]).toEqual([
      'failed',
      [
        ['all requests', 'passed'],
        [`scenario ${scenario.id}: update everything`, 'failed'],
      ],
    ]);
    expect(judged(comparison('same', 'unknown'), timed('error')).times).toEqual([['all requests', 'passed']]);
  });

  it('only warns, or says nothing, where the settings say so for all or for a phase', () => {
    expect(judged(comparison('slower'), timed('warn'))).toMatchObject({
      status: 'passed',
      times: [['all requests', 'warned']],
    });
    const off = { rules: [{ metric: 'time', phase: 'solve', level: 'off' }] };
    expect(judged(comparison('slower'), timed('error', off))).toMatchObject({ status: 'passed', times: [] });
  });

  it('is said to be missing where it was not taken', () => {
    expect(judged(null, timed('error'))).toEqual({ status: 'passed', times: [], untimed: true });
  });
});

describe('kmplab gate --time', () => {
  it.each([
    [null, 'does not say which commit'],
    ['0'.repeat(40), 'is no commit of this lab'],
  ])('is bad input where the baseline was taken by commit %s', async (commit, said) => {
    const directory = await temporaryDirectory();
    const [runFile, baselineFile] = ['run.json', 'baseline.json'].map((name) => join(directory, name));
    if (runFile === undefined || baselineFile === undefined) throw new Error('unreachable');
    await writeFile(runFile, JSON.stringify(run));
    await writeFile(baselineFile, JSON.stringify({ ...baseline, kmplab: { version: '0', commit } }));
    const { code, err } = await cli('gate', runFile, '--baseline', baselineFile, '--time');
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});
