import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRepository } from '#repomd';
import { runDocumentSchema } from '#run-document';
import { cli } from '../support/cli.js';
import { packages } from '../support/packages.js';
import { pigeonHoles } from '../support/pigeon-holes.js';
import { temporaryDirectory } from '../support/temporary.js';

const { names, packages: specs } = pigeonHoles(12);

describe('a request that would not end', () => {
  it('is ended by --timeout, and that is a result', async () => {
    const directory = await temporaryDirectory();
    const repo = join(directory, 'repo');
    await writeRepository(packages(specs), repo);
    const ask = ['solve', 'in', ...names, '--repo', repo, '--timeout', '0.7'];
    const { code, out, err } = await cli(...ask);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^no answer within 700 ms\nIt was ended while libsolv searched for a solution\./);
    const why = await cli(...ask, '--why', 'p1in1', '--export-testcase', join(directory, 'testcase'));
    expect([why.code, why.err]).toEqual([1, '']);
    expect(why.out).toContain('no answer within 700 ms');
    const json = JSON.parse((await cli(...ask, '--json')).out);
    expect(json.outcome).toEqual({ status: 'noAnswer', within: { of: 'time', limitMs: 700 }, phase: 'solve' });
  });

  it('fails its scenario in a run, whose other steps go on, and the run document and the report tell it', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'scenarios'));
    const file = join(directory, 'scenarios', 'holes.yaml');
    const scenario = {
      question: 'Does libsolv come to an end?',
      scheme: 'modular',
      repositories: { holes: { packages: { ...specs, 'easy-1-1': {} } } },
      steps: [
        { name: 'hard', repositories: ['holes'], request: { verb: 'in', names } },
        {
          name: 'easy',
          repositories: ['holes'],
          request: { verb: 'in', names: ['easy'] },
          expect: { status: 'solved' },
        },
      ],
    };
    await writeFile(file, JSON.stringify(scenario));
    const output = join(directory, 'out');
    const { code, out } = await cli('run', file, '-o', output, '--samples', '1', '--jobs', '1', '--timeout', '1');
    expect(code).toBe(1);
    expect(out).toContain('gets no answer within 1.00 s.');
    const run = runDocumentSchema.parse(JSON.parse(await readFile(join(output, 'run.json'), 'utf8')));
    expect(run.scenarios[0]?.steps.map(({ outcome }) => outcome.status)).toEqual(['noAnswer', 'solved']);
    expect(run.scenarios[0]?.steps[0]?.expectations[0]).toMatchObject({ aspect: 'status', passed: false });
    expect(await readFile(join(output, 'scenario', `${run.scenarios[0]?.id}.html`), 'utf8')).toContain(
      'no answer within 1.00 s',
    );
  });

  it('refuses a bound that is none', async () => {
    for (const [option, value] of [
      ['--timeout', '0'],
      ['--timeout', 'soon'],
      ['--memory', '5'],
      ['--memory', '5000'],
    ] as const)
      expect(await cli('solve', 'in', 'x', '--repo', 'r', option, value)).toMatchObject({ code: 2 });
  });
});
