import { describe, expect, it } from 'vitest';
import { type Baseline, baselineOf, judge } from '#gate';
import type { RunDocument } from '#run-document';
import { counters, runDocument } from '../support/run-document.js';

const run = runDocument();
const baseline = baselineOf(run);

/** The document with the value at a path replaced: `['scenarios', 0, 'status']`. */
function edited<Document>(document: Document, path: readonly (string | number)[], value: unknown): Document {
  const copy = structuredClone(document);
  const last = path.at(-1) ?? '';
  let at: unknown = copy;
  for (const key of path.slice(0, -1)) at = Reflect.get(Object(at), key);
  expect(Reflect.has(Object(at), last)).toBe(true);
  Reflect.set(Object(at), last, value);
  return copy;
}

function moved(candidate: RunDocument, against: Baseline = baseline) {
  const verdict = judge(candidate, against);
  return {
    status: verdict.status,
    moved: verdict.checks
      .filter(({ status }) => status !== 'passed')
      .map(({ subject, aspect, status }) => [status, subject, aspect]),
  };
}

describe('the gate', () => {
  it('passes a run against its own baseline, and counts what it compared', () => {
    const verdict = judge(run, baseline);
    expect(verdict.status).toBe('passed');
    expect(verdict.checks.every(({ status }) => status === 'passed')).toBe(true);
    expect(verdict.checks.length).toBeGreaterThan(200);
  });

  it('fails after any single counter of the baseline is changed', () => {
    const steps = baseline.scenarios.flatMap(({ steps }, scenario) =>
      steps.map((step, index) => ({ path: ['scenarios', scenario, 'steps', index, 'counters'], step })),
    );
    const points = baseline.growth.flatMap(({ points }, series) =>
      points.map((step, index) => ({ path: ['growth', series, 'points', index, 'counters'], step })),
    );
    const names = Object.keys(counters()).filter((name) => name !== 'rules' && name !== 'work');
    for (const { path, step } of [...steps, ...points]) {
      for (const name of names) {
        const value = Reflect.get(step.counters, name);
        const changed = edited(baseline, [...path, name], typeof value === 'number' ? value - 1 : 1);
        const verdict = moved(run, changed);
        expect([verdict.status, verdict.moved.length]).toEqual(['failed', 1]);
        expect(verdict.moved[0]?.[2]).toBe(`counters.${name}`);
      }
      for (const rule of Object.keys(counters().rules)) {
        expect(moved(run, edited(baseline, [...path, 'rules', rule], -1)).status).toBe('failed');
      }
      for (const phase of Object.keys(counters().work ?? {})) {
        const slower = moved(run, edited(baseline, [...path, 'work', phase], 1));
        expect([slower.status, slower.moved[0]?.[2]]).toEqual(['failed', `counters.work.${phase}`]);
      }
    }
  });

  it.each<[string, readonly (string | number)[], unknown, string]>([
    [
      'a step of the transaction',
      ['scenarios', 0, 'steps', 0, 'outcome', 'steps', 7, 'nevra'],
      'other-1-1.noarch',
      'outcome.transaction.sha256',
    ],
    [
      'the type of a step',
      ['scenarios', 2, 'steps', 0, 'outcome', 'steps', 0, 'type'],
      'upgrade',
      'outcome.transaction.types.install',
    ],
    [
      'the type of a rule in a problem',
      ['scenarios', 1, 'steps', 1, 'outcome', 'problems', 0, 'rules', 0, 'type'],
      'pkgRequires',
      'outcome.problems[0][1]',
    ],
    [
      'what is recommended and not installed',
      ['scenarios', 0, 'steps', 1, 'outcome', 'recommendedNotInstalled'],
      [],
      'outcome.recommendedNotInstalled.count',
    ],
    [
      'the state of a device',
      ['scenarios', 0, 'steps', 0, 'audit', 'devices', 2, 'state'],
      'refused',
      'audit.devices.NVMe SSD controller @ 6.1.0-52-amd64.state',
    ],
    [
      'the kernel modules a kernel loads',
      ['scenarios', 0, 'steps', 0, 'audit', 'kernels', 1, 'loadable'],
      4022,
      'audit.kernels.6.1.0-53-amd64.loadable',
    ],
    ['the kernel of the next boot', ['scenarios', 0, 'steps', 0, 'audit', 'nextBoot'], null, 'audit.nextBoot'],
    ['violations', ['scenarios', 0, 'steps', 0, 'violationsTotal'], 3, 'violations'],
    ['churn', ['churn', 1, 'broken'], 4, 'broken'],
    ['what no longer loads in all', ['churn', 1, 'brokenInAll'], 4, 'brokenInAll'],
    ['the size of a repository', ['repositories', 0, 'dependencies'], 1, 'dependencies'],
    ['the imports of a kernel', ['kernels', 0, 'imports'], 1, 'imports'],
    ['the seed', ['seed'], 21, 'seed'],
  ])('names %s when it moved', (_what, path, value, aspect) => {
    const verdict = moved(edited(run, path, value));
    expect(verdict.status).toBe('failed');
    expect(verdict.moved.map(([, , name]) => name)).toContain(aspect);
  });

  it('names a promise that is broken now, and a run of depmod more', () => {
    const step = ['scenarios', 0, 'steps', 0];
    const having = (status: string, most: number) => {
      const depmod = { kind: 'depmodByScripts', runs: { least: 2, most }, seconds: { low: 1, high: 2 } };
      const once = { kind: 'depmodOncePerTransaction', runs: { least: 1, most: 1 }, seconds: { low: 1, high: 1 } };
      const judged = edited(run, [...step, 'promises'], [{ promise: 'rootMounted', status, evidence: [] }]);
      return edited(judged, [...step, 'costs'], [depmod, once]);
    };
    const before = baselineOf(having('kept', 5));
    expect(moved(having('kept', 5), before)).toEqual({ status: 'passed', moved: [] });
    const subject = 'scenario kernel-update: update everything';
    expect(moved(having('broken', 6), before).moved).toEqual([
      ['failed', subject, 'promises.rootMounted'],
      ['failed', subject, 'scripts.depmod[1]'],
    ]);
  });

  it('holds a request for another scheme to being not applicable, and never calls it unsolvable', () => {
    const step = ['scenarios', 0, 'steps', 0];
    const asked = edited(run, [...step, 'outcome'], { status: 'unsolvable', problems: [{ rules: [] }], causes: {} });
    const nobodys = edited(
      asked,
      [...step, 'promises'],
      [{ promise: 'kernelComplete', status: 'notApplicable', why: 'otherScheme' }],
    );
    expect(baselineOf(nobodys).scenarios[0]?.steps[0]?.outcome).toEqual({ status: 'notApplicable' });
    expect(baselineOf(asked).scenarios[0]?.steps[0]?.outcome).toMatchObject({ status: 'unsolvable' });
    expect(moved(nobodys, baselineOf(nobodys)).status).toBe('passed');
    expect(moved(asked, baselineOf(nobodys)).moved.map(([, , aspect]) => aspect)).toContain('outcome.status');
  });

  it('says what was expected, what was found and how to run that case alone', () => {
    const verdict = judge(edited(run, ['scenarios', 0, 'steps', 0, 'counters', 'rulesTotal'], 300_000), baseline);
    expect(verdict.checks.filter(({ status }) => status === 'failed')).toEqual([
      {
        subject: 'scenario kernel-update: update everything',
        aspect: 'counters.rulesTotal',
        metric: 'rules',
        phase: null,
        change: (300_000 - 221_973) / 221_973,
        why: null,
        status: 'failed',
        expected: '221973',
        found: '300000',
        file: 'scenarios/real/kernel-update.yaml',
        rerun: 'kmplab run scenarios/real/kernel-update.yaml',
      },
    ]);
  });

  it('fails a scenario, a step or a point that the run lacks', () => {
    expect(moved({ ...run, scenarios: run.scenarios.slice(1) }).status).toBe('failed');
    const lessSteps = edited(run, ['scenarios', 0, 'steps'], run.scenarios[0]?.steps.slice(0, 1));
    expect(moved(lessSteps).moved).toContainEqual([
      'failed',
      'scenario kernel-update: ask for the kernel only',
      'presence',
    ]);
    expect(moved(edited(run, ['growth', 0, 'points'], run.growth[0]?.points.slice(1))).status).toBe('failed');
  });

  it('does not know what to say of a scenario that has no baseline', () => {
    const verdict = moved(run, { ...baseline, scenarios: baseline.scenarios.slice(1) });
    expect(verdict.status).toBe('unknown');
    expect(verdict.moved).toContainEqual(['unknown', 'scenario kernel-update', 'presence']);
  });

  it('never passes what did not run, could not be run, or missed its expectation', () => {
    expect(moved({ ...run, notRun: [{ what: 'growth', why: 'no time', bug: false }] }).status).toBe('unknown');
    const inError = edited(edited(run, ['scenarios', 0, 'status'], 'error'), ['scenarios', 0, 'error'], 'no kernel');
    expect(moved(inError, baselineOf(inError)).status).toBe('unknown');
    const failing = edited(run, ['scenarios', 0, 'status'], 'failed');
    expect(moved(failing, baselineOf(failing)).status).toBe('failed');
  });

  it('passes a run without growth against its own baseline, and fails it against one with growth', () => {
    const without = {
      ...run,
      growth: [],
      notRun: [{ what: 'growth', why: 'not asked for, see --growth', bug: false }],
    };
    expect(moved(without, baselineOf(without))).toEqual({ status: 'passed', moved: [] });
    expect(moved(without).status).toBe('failed');
    // Whatever else did not run stays unknown.
    const compared = {
      ...without,
      notRun: [...without.notRun, { what: 'comparison of scheme split', why: 'no kernel', bug: false }],
    };
    expect(moved(compared, baselineOf(compared)).status).toBe('unknown');
  });

  it('judges a part as a part, and only where it is called one', () => {
    const part = {
      ...run,
      scenarios: run.scenarios.slice(0, 1),
      growth: [],
      repositories: [],
      notRun: [{ what: 'growth', why: 'not asked for, see --growth', bug: false }],
    };
    expect(moved(part).status).toBe('failed');
    const verdict = judge(part, baseline, { part: true });
    expect(verdict.status).toBe('passed');
    expect(verdict.notes[0]).toContain('This is a part');
    // What it has is judged whole.
    const lessSteps = edited(part, ['scenarios', 0, 'steps'], part.scenarios[0]?.steps.slice(0, 1));
    expect(judge(lessSteps, baseline, { part: true }).status).toBe('failed');
    const lessPoints = edited(run, ['growth', 0, 'points'], run.growth[0]?.points.slice(1));
    expect(judge(lessPoints, baseline, { part: true }).status).toBe('failed');
    expect(judge(edited(part, ['churn', 0, 'broken'], 1), baseline, { part: true }).status).toBe('failed');
    // A part of something else is no part of this.
    const other = edited(part, ['scenarios', 0, 'id'], 'other');
    expect(judge(other, baseline, { part: true }).status).toBe('unknown');
  });

  it('does not pass when there was nothing to judge', () => {
    const empty = { ...run, scenarios: [], growth: [], churn: [], kernels: [], repositories: [] };
    expect(judge(empty, baselineOf(empty)).status).toBe('unknown');
  });

  it('lets times and compressed sizes differ, which are not exact', () => {
    const slower = edited(run, ['scenarios', 0, 'steps', 0, 'phases', 0, 'samplesMs'], [1e6]);
    expect(moved(slower).status).toBe('passed');
    expect(moved(edited(run, ['repositories', 0, 'primaryGzipBytes'], 1)).status).toBe('passed');
    expect(judge(slower, baseline).notes[0]).toContain('Time was not judged');
  });

  it('notes another libsolv without calling that a failure', () => {
    const other = edited(run, ['environment', 'libsolv', 'version'], '0.7.40');
    const verdict = judge(other, baseline);
    expect(verdict.status).toBe('passed');
    expect(verdict.notes.join()).toContain('0.7.40');
  });

  it('tells devices of one name apart', () => {
    const devices = run.scenarios[0]?.steps[0]?.audit.devices ?? [];
    const twins = edited(
      run,
      ['scenarios', 0, 'steps', 0, 'audit', 'devices'],
      [...devices, ...structuredClone(devices)],
    );
    const oneLost = edited(twins, ['scenarios', 0, 'steps', 0, 'audit', 'devices', devices.length, 'state'], 'refused');
    expect(moved(oneLost, baselineOf(twins)).moved).toHaveLength(1);
  });
});

describe('two things of one name', () => {
  it('are both judged', () => {
    const [repository] = run.repositories;
    if (repository === undefined) throw new Error('unreachable');
    const twins = { ...run, repositories: [repository, repository] };
    const oneMoved = { ...run, repositories: [{ ...repository, packages: 1 }, repository] };
    expect(moved(oneMoved, baselineOf(twins)).moved).toEqual([['failed', 'repository kernel-52', 'packages']]);
    expect(moved({ ...run, repositories: [repository] }, baselineOf(twins)).status).toBe('failed');
  });

  it('are no lack in a part, which is held against the one that is most like its own', () => {
    const [repository] = run.repositories;
    if (repository === undefined) throw new Error('unreachable');
    const other = { ...repository, packages: 1, dependencies: 2 };
    const twins = baselineOf({ ...run, repositories: [repository, other] });
    const part = (mine: typeof other) => judge({ ...run, repositories: [mine] }, twins, { part: true });
    expect(part(other).status).toBe('passed');
    expect(part(repository).status).toBe('passed');
    const moved = part({ ...other, dependencies: 3 }).checks.filter(({ status }) => status !== 'passed');
    expect(moved.map(({ aspect, expected }) => [aspect, expected])).toEqual([['dependencies', '2']]);
  });
});

describe('a baseline', () => {
  it('is small, and notices when a transaction only runs in another order', () => {
    expect(JSON.stringify(baseline).length).toBeLessThan(60_000);
    const outcome = run.scenarios[2]?.steps[0]?.outcome;
    expect(outcome?.status).toBe('solved');
    const steps = outcome?.status === 'solved' ? outcome.steps : [];
    const reordered = edited(run, ['scenarios', 2, 'steps', 0, 'outcome', 'steps'], [...steps].reverse());
    expect(moved(reordered).moved.map(([, , aspect]) => aspect)).toEqual(['outcome.transaction.sha256']);
  });

  it('digests the steps as sha256sum would', () => {
    // printf 'install a-1-1.noarch\nupgrade b-2-1.noarch b-1-1.noarch\n' | sha256sum
    const document = edited(
      run,
      ['scenarios', 2, 'steps', 0, 'outcome', 'steps'],
      [
        { type: 'install', nevra: 'a-1-1.noarch', replaces: [], downloadBytes: 1 },
        { type: 'upgrade', nevra: 'b-2-1.noarch', replaces: ['b-1-1.noarch'], downloadBytes: 1 },
      ],
    );
    expect(baselineOf(document).scenarios[2]?.steps[0]?.outcome).toMatchObject({
      transaction: { count: 2, sha256: '29dda544297ebbf63827d944da3d5c061193f73ab1f6c6de9352a90d1f6de067' },
    });
  });
});
