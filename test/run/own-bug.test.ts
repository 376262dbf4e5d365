import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { parseRunDocument } from '#run-document';
import { HistoryShelf } from '../../src/run/history/shelf.js';
import { KernelCache } from '../../src/run/inputs.js';
import { RepositoryCache } from '../../src/run/repository/repository-cache.js';
import { cli } from '../support/cli.js';
import { smallHistory } from '../support/small-history.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Plants a bug that strikes a scenario whose kernel build lies below this directory. */
function plantBug(below: string): void {
  const { load } = RepositoryCache.prototype;
  const planted = vi.spyOn(RepositoryCache.prototype, 'load').mockImplementation(function (
    this: RepositoryCache,
    kernel,
  ) {
    if (kernel.startsWith(below)) throw new Error('kmplab bug: planted');
    return load.call(this, kernel);
  });
  onTestFinished(() => {
    planted.mockRestore();
  });
}

/** Plants a bug that strikes whoever looks at several kernel builds at once: what is told of them, and the comparison of schemes. */
function plantBugOverBuilds(): void {
  const { load } = KernelCache.prototype;
  const planted = vi.spyOn(KernelCache.prototype, 'load').mockImplementation(function (this: KernelCache, names) {
    if ([...names].length > 1) throw new Error('kmplab bug: planted');
    return load.call(this, names);
  });
  onTestFinished(() => {
    planted.mockRestore();
  });
}

it('a bug of ours in what is told of kernel builds, or in the comparison of schemes, ends that part alone', async () => {
  const directory = await temporaryDirectory();
  const file = await smallLab(directory);
  plantBugOverBuilds();
  const output = join(directory, 'out');
  const { code, out } = await cli('run', file, '--scheme', 'modular', '--samples', '0', '--jobs', '1', '-o', output);
  expect(code).toBe(3);
  const document = parseRunDocument(await readFile(join(output, 'run.json'), 'utf8'), 'run.json');
  expect(document.scenarios.map(({ status }) => status)).toEqual(['passed']);
  expect(document.kernels).toEqual([]);
  expect(document.notRun.map(({ what, bug }) => [what, bug])).toEqual([
    ['facts of the kernel builds', true],
    ['comparison of scheme modular', true],
  ]);
  expect(document.notRun[0]?.why).toMatch(/^internal error, please report it\nError: kmplab bug: planted\n +at /);
  expect(document.verdict.status).toBe('unknown');
  expect(out).toContain('kmplab bug: planted');
  expect(await readFile(join(output, 'index.html'), 'utf8')).toContain('kmplab bug: planted');
});

it('a bug of ours ends its history, not the run', async () => {
  const directory = await temporaryDirectory();
  const room = (name: string) => mkdir(join(directory, name)).then(() => join(directory, name));
  const history = await smallHistory(await room('history'));
  const scenario = await smallLab(await room('scenario'));
  const planted = vi.spyOn(HistoryShelf.prototype, 'published').mockRejectedValue(new Error('kmplab bug: planted'));
  onTestFinished(() => {
    planted.mockRestore();
  });
  const output = join(directory, 'out');
  const options = ['--scheme', 'modular', '--samples', '0', '--jobs', '1'];
  const { code, out } = await cli('run', history.file, scenario, ...options, '-o', output);
  expect(code).toBe(3);
  const document = parseRunDocument(await readFile(join(output, 'run.json'), 'utf8'), 'run.json');
  expect(document.histories.map(({ bug, machines }) => [bug, machines])).toEqual([[true, []]]);
  expect(document.scenarios.map(({ status }) => status)).toEqual(['passed']);
  expect(document.verdict.status).toBe('unknown');
  expect(out).toContain('kmplab bug: planted');
});

it('a bug of ours ends its scenario, not the run: exit 3, with what to report in document, report and summary', async () => {
  const directory = await temporaryDirectory();
  const rooms = ['good', 'bad'].map((name) => join(directory, name));
  const files = await Promise.all(rooms.map((room) => mkdir(room).then(() => smallLab(room))));
  plantBug(join(directory, 'bad'));
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
