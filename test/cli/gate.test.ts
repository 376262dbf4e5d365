import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateVerdictSchema } from '#gate';
import { cli } from '../support/cli.js';
import { runDocument } from '../support/run-document.js';

describe('kmplab gate', () => {
  let directory = '';
  let run = '';
  let baseline = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kmplab-gate-'));
    run = join(directory, 'run.json');
    baseline = join(directory, 'baseline.json');
    await writeFile(run, JSON.stringify(runDocument()));
    expect((await cli('gate', run, '--write-baseline', baseline)).code).toBe(0);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('exits with 0 against the baseline of the same run', async () => {
    const { code, out } = await cli('gate', run, '--baseline', baseline);
    expect(out).toContain('gate passed');
    expect(code).toBe(0);
  });

  it('exits with 1 after a counter in the baseline is changed, and names it', async () => {
    const changed = join(directory, 'changed.json');
    const text = await readFile(baseline, 'utf8');
    await writeFile(changed, text.replace('"decisions": 4025', '"decisions": 4026'));
    const { code, out } = await cli('gate', run, '--baseline', changed);
    expect(code).toBe(1);
    expect(out).toContain('counters.decisions: expected 4026, found 4025');
  });

  it('prints the verdict as JSON and writes the reports that were asked for', async () => {
    const [junit, sarif, markdown] = ['junit.xml', 'gate.sarif', 'gate.md'].map((name) => join(directory, name));
    const files = ['--junit', `${junit}`, '--sarif', `${sarif}`, '--markdown', `${markdown}`];
    const { code, out } = await cli('gate', run, '--baseline', baseline, '--json', ...files);
    expect(code).toBe(0);
    expect(gateVerdictSchema.parse(JSON.parse(out)).status).toBe('passed');
    expect(await readFile(`${junit}`, 'utf8')).toContain('<testsuites');
    expect(await readFile(`${sarif}`, 'utf8')).toContain('"2.1.0"');
    expect(await readFile(`${markdown}`, 'utf8')).toContain('gate passed');
  });

  it('exits with 2 without a baseline, and on one that is missing or is something else', async () => {
    const empty = join(directory, 'empty.yaml');
    await writeFile(empty, 'tolerances: { work: 1 % }\n');
    const unnamed = await cli('gate', run, '--config', empty);
    expect([unnamed.code, unnamed.err.includes('"baseline" in kmplab-gate.yaml')]).toEqual([2, true]);
    const missing = await cli('gate', run, '--baseline', join(directory, 'nowhere.json'));
    expect([missing.code, missing.err.includes('nowhere.json')]).toEqual([2, true]);
    const other = await cli('gate', run, '--baseline', run);
    expect([other.code, other.err.includes('--write-baseline')]).toEqual([2, true]);
    await writeFile(join(directory, 'broken.json'), '{');
    expect((await cli('gate', run, '--baseline', join(directory, 'broken.json'))).code).toBe(2);
    expect((await cli('gate', join(directory, 'broken.json'), '--baseline', baseline)).code).toBe(2);
  });
});

describe('kmplab report', () => {
  it('writes the report of a run, and prints it on request', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kmplab-report-'));
    const run = join(directory, 'run.json');
    await writeFile(run, JSON.stringify(runDocument()));
    const page = join(directory, 'report.html');
    expect((await cli('report', run, '--single-file', '-o', page)).code).toBe(0);
    const printed = await cli('report', run, '--single-file', '-o', '-');
    expect(printed.out).toBe(await readFile(page, 'utf8'));
    expect((await cli('report', run, run, '-o', '-')).out).toContain('What differs between two runs?');
    expect((await cli('report', page, '--single-file', '-o', '-')).code).toBe(2);
    await rm(directory, { recursive: true });
  });

  it('writes pages into a directory, replaces those of an older run as a whole, and nothing of somebody else', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kmplab-report-'));
    const run = join(directory, 'run.json');
    const out = join(directory, 'out');
    await writeFile(run, JSON.stringify(runDocument()));
    expect((await cli('report', run, '-o', out)).code).toBe(0);
    await writeFile(run, JSON.stringify(runDocument({ scenarios: [], churn: [] })));
    expect((await cli('report', run, '-o', out)).code).toBe(0);
    expect(await readdir(out)).not.toContain('scenario');
    await mkdir(join(out, 'scenario'));
    await writeFile(join(out, 'scenario', 'mine.txt'), 'mine');
    const refused = await cli('report', run, '-o', out);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('holds other files')]);
    expect(await readFile(join(out, 'scenario', 'mine.txt'), 'utf8')).toBe('mine');
    const mistaken = await cli('report', run, '-o', join(directory, 'report.html'));
    expect([mistaken.code, mistaken.err]).toEqual([2, expect.stringContaining('--single-file')]);
    await rm(directory, { recursive: true });
  });
});
