import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseRunDocument } from '#run-document';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

// A bug, in what every step passes: it strikes where the scenario's step says so.
vi.mock('../../src/run/scenario/before-request.js', async (original) => {
  const { beforeRequest } = await original<typeof import('../../src/run/scenario/before-request.js')>();
  return {
    beforeRequest: (...[state, step]: Parameters<typeof beforeRequest>) => {
      if (step.name === 'with a bug') throw new Error('kmplab bug: planted');
      return beforeRequest(state, step);
    },
  };
});

it('a bug of ours ends its scenario, not the run: exit 3, with what to report in document, report and summary', async () => {
  const directory = await temporaryDirectory();
  const files = await Promise.all(
    ['kernel by name', 'with a bug'].map(async (name, index) => {
      const own = join(directory, `${index}`);
      await mkdir(own);
      return smallLab(own, (text) => text.replace('name: kernel by name', `name: ${name}`));
    }),
  );
  const output = join(directory, 'out');
  const { code, out } = await cli('run', ...files, '--samples', '0', '--jobs', '1', '-o', output);
  expect(code).toBe(3);
  const document = parseRunDocument(await readFile(join(output, 'run.json'), 'utf8'), 'run.json');
  expect(document.scenarios.map(({ status }) => status)).toEqual(['passed', 'bug']);
  expect(document.verdict.status).toBe('unknown');
  expect(document.scenarios[1]?.error).toMatch(/^internal error, please report it\nError: kmplab bug: planted\n +at /);
  expect(out).toContain('kmplab bug: planted');
  expect(out).toContain('2 scenarios, 1 passed, 1 bug');
  const report = await readFile(join(output, 'index.html'), 'utf8');
  expect(report).toContain('ended by a fault of kmplab');
  const [, page = ''] = /href="(scenario\/[^"#]+\.html)[^>]*>[^<]*<\/a> <span class="badge unmet">/.exec(report) ?? [];
  expect(await readFile(join(output, page), 'utf8')).toContain('kmplab bug: planted');
});
