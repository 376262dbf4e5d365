import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { load } from '../src/index.js';
import { testInstance, testPool } from './support/pool.js';

const libsolv = await testInstance();
const bytes = (text: string) => new TextEncoder().encode(text);
const repo = '=Ver: 2.0\n=Pkg: a 1 1 noarch\n=Req: b\n=Pkg: b 1 1 noarch\n';
const inline = `repo available 0 testtags <inline>\n${repo.replace(/^/gm, '#>').replace(/#>$/, '')}system x86_64 rpm\n`;

function open(text: string, others: Readonly<Record<string, Uint8Array>> = {}) {
  return libsolv.openTestcase('case.t', new Map([['case.t', bytes(text)], ...Object.entries(others)]));
}

describe('a testcase', () => {
  it('passes when the result is the expected one, whatever the order of its lines', () => {
    const result =
      'result transaction,problems <inline>\n#>install b-1-1.noarch@available\n#>install a-1-1.noarch@available\n';
    const testcase = open(`${inline}job install name a\n${result}`);
    expect(testcase.next()).toMatchObject({
      outcome: { status: 'passed' },
      kinds: ['transaction', 'problems'],
      complaints: '',
    });
    expect(testcase.next()).toBeNull();
    testcase.dispose();
  });

  it('fails with the difference', () => {
    const testcase = open(
      `${inline}job install name a\nresult transaction <inline>\n#>install a-1-1.noarch@available\n`,
    );
    expect(testcase.next()).toMatchObject({
      outcome: { status: 'failed', difference: '+install b-1-1.noarch@available\n' },
      actual: 'install a-1-1.noarch@available\ninstall b-1-1.noarch@available\n',
    });
  });

  it('may have several jobs over one pool', () => {
    const job = (name: string) =>
      `job install name ${name}\nresult transaction <inline>\n#>install ${name}-1-1.noarch@available\n`;
    const testcase = open(`${inline}${job('b')}nextjob\n${job('a')}#>install b-1-1.noarch@available\n`);
    expect(testcase.next()?.outcome).toEqual({ status: 'passed' });
    expect(testcase.next()?.outcome).toEqual({ status: 'passed' });
    expect(testcase.next()).toBeNull();
  });

  it('reads repositories and results from files, compressed or not', () => {
    const text =
      'repo available 0 testtags r.repo.gz\nsystem x86_64 rpm\njob install name b\nresult transaction solver.result\n';
    const files = {
      'r.repo.gz': new Uint8Array(gzipSync(repo)),
      'solver.result': bytes('install b-1-1.noarch@available\n'),
    };
    expect(open(text, files).next()?.outcome).toEqual({ status: 'passed' });
  });

  it('is refused when one of its files is truncated, or a bomb', async () => {
    const text = 'repo available 0 testtags r.repo.gz\nsystem x86_64 rpm\njob install name b\n';
    const truncated = new Uint8Array(gzipSync(repo)).slice(0, -10);
    expect(() => open(text, { 'r.repo.gz': truncated }).next()).toThrowError(
      expect.objectContaining({ code: 'invalidInput' }),
    );
    const small = await load({ unpackedBytesMax: 1_000_000 });
    const files = new Map([
      ['case.t', bytes(text)],
      ['r.repo.gz', new Uint8Array(gzipSync(repo + ' '.repeat(2_000_000)))],
    ]);
    expect(() => small.openTestcase('case.t', files).next()).toThrowError(expect.objectContaining({ code: 'limit' }));
    small.dispose();
  });

  it('without a result is solved and left unchecked', () => {
    expect(open(`${inline}job install name b\n`).next()).toMatchObject({
      outcome: { status: 'unchecked' },
      expected: null,
      actual: 'install b-1-1.noarch@available\n',
    });
  });

  it('tells what it could not understand', () => {
    expect(open(`${inline}nonsense\njob install name b\n`).next()?.complaints).toContain(
      "cannot parse command 'nonsense'",
    );
  });

  it('that needs a feature this build lacks is unsupported', () => {
    expect(() => open('feature time_travel\n').next()).toThrowError(expect.objectContaining({ code: 'unsupported' }));
  });

  it('that is not among the files is refused', () => {
    expect(() => libsolv.openTestcase('x.t', new Map())).toThrowError(
      expect.objectContaining({ code: 'invalidInput' }),
    );
  });
});

describe('writing', () => {
  it('gives files that read back to the same result', () => {
    const pool = testPool(libsolv, '=Pkg: old 1 1 noarch', {
      r: '=Pkg: new 1 1 noarch\n=Obs: old\n=Sup: modalias(new:pci:v1*)',
    });
    pool.setHardware(['pci:v12']);
    const solver = pool.createSolver();
    solver.setFlag('allowUninstall', true);
    solver.solve([{ action: 'update', select: { kind: 'all' } }]);
    const files = solver.writeTestcase(['transaction', 'order', 'rules']);
    expect([...files.keys()].sort()).toEqual(['@System.repo', 'r.repo', 'solver.result', 'testcase.t']);
    const testcase = libsolv.openTestcase('testcase.t', files);
    expect(testcase.next()).toMatchObject({ outcome: { status: 'passed' }, kinds: ['transaction', 'rules', 'order'] });
    expect(Buffer.from(files.get('testcase.t') ?? []).toString()).toContain('solverflags allowuninstall');
  });

  it('keeps the names it is given on a disk', () => {
    const pool = testPool(libsolv, '', { 'a/b': '=Pkg: p 1 1 noarch' });
    const solver = pool.createSolver();
    solver.solve([{ action: 'install', select: { kind: 'name', name: 'p' } }]);
    const directory = mkdtempSync(join(tmpdir(), 'libsolv-wasm-test-'));
    for (const [name, content] of solver.writeTestcase()) writeFileSync(join(directory, name), content);
    rmSync(directory, { recursive: true });
  });
});
