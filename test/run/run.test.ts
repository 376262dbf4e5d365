import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeKernelBuild } from '#kernel';
import { parseRunDocument } from '#run-document';
import { userspacePackages } from '#scenario';
import { cli } from '../support/cli.js';
import { kernel } from '../support/kernel.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** In one thread: what several do is asked in workers.test.ts, and each of them has to be started. */
const kmplabRun = (...args: readonly string[]) => cli('run', ...args, '--jobs', '1');

describe('kmplab run', () => {
  it('answers a scenario from kernel files to an audited machine', async () => {
    const directory = await temporaryDirectory();
    const { code, out } = await kmplabRun(await smallLab(directory), '--samples', '0', '--json');
    expect(code).toBe(0);
    const run = parseRunDocument(out, 'stdout');
    const [scenario] = run.scenarios;
    expect(scenario).toMatchObject({ status: 'passed', scheme: 'modular' });
    // The image changed one checksum that only r8152 imports: usbcore and nvme are linked, r8152 is not.
    expect(scenario?.steps[1]?.audit.kernels[0]).toMatchObject({
      release: '6.1.0-2-default',
      weakUpdates: 2,
      loadable: 2,
    });
    expect(run.churn).toMatchObject([{ from: '6.1.0-1-default', to: '6.1.0-2-default', changed: 1, broken: 1 }]);
  });

  it('runs a scenario under several schemes and shows them side by side', async () => {
    const directory = await temporaryDirectory();
    const file = await smallLab(directory);
    const schemes = ['--scheme', 'modular', 'monolithic', 'grouped grouping=directory'];
    const { code, out } = await kmplabRun(file, '--samples', '0', '-o', join(directory, 'out'), ...schemes);
    expect(code).toBe(0);
    const run = parseRunDocument(await readFile(join(directory, 'out', 'run.json'), 'utf8'), 'run.json');
    const [own, monolithic, grouped] = run.scenarios;
    expect(run.scenarios.map(({ scheme, status }) => [scheme, status])).toEqual(
      ['modular', 'monolithic', 'grouped grouping=directory'].map((scheme) => [scheme, 'passed']),
    );
    // What a file expects holds for its own scheme; that the result is consistent is expected of all.
    const aspects = (steps = own?.steps) =>
      new Set(steps?.flatMap(({ expectations }) => expectations.map(({ aspect }) => aspect)));
    expect(aspects().size).toBeGreaterThan(1);
    expect(aspects(monolithic?.steps)).toEqual(new Set(['violations']));
    expect(grouped?.rerun).toBe(`kmplab run ${file} --scheme 'grouped grouping=directory'`);
    const sizes = run.repositories.filter(({ scheme }) => scheme === 'monolithic');
    // The scenario's two, and the comparison's first, which has the user space of the machines that it installs.
    expect(sizes.map(({ packages }) => packages)).toEqual([1, 1, 1 + Object.keys(userspacePackages).length]);
    expect(run.repositories.every(({ primaryZstdBytes }) => primaryZstdBytes !== null)).toBe(true);
    expect(out).toMatch(/scheme +packages +dependencies +primary +gzip +zstd +\.solv/);
    expect(out).toMatch(/\n {2}monolithic +solved +1 /);
    // The changed checksum ties r8152; the image is always new.
    expect(out).toMatch(/packages rebuilt per update\n.*\n {2}modular +2 of 4\n {2}monolithic +1 of 1\n/);
    expect(out).toMatch(
      /kvm-guest: a fresh install.*\n {2}scheme +download +on disk +driven +update .*\n {2}modular +\d/,
    );
  });

  it('refuses a scheme that is not there before anything runs', async () => {
    const file = await smallLab(await temporaryDirectory());
    const { code, err } = await kmplabRun(file, '--json', '--scheme', 'modular', 'modulr');
    expect([code, err]).toEqual([2, expect.stringContaining('modulr')]);
  });

  it('gives the same document for the same input, but for the clock and the machine', async () => {
    const file = await smallLab(await temporaryDirectory());
    const exact = async (): Promise<unknown> => {
      const { out } = await kmplabRun(file, '--samples', '0', '--json');
      const { environment: _environment, repositories, ...rest } = parseRunDocument(out, 'stdout');
      return { ...rest, repositories: repositories.map(({ phases: _phases, ...repository }) => repository) };
    };
    expect(await exact()).toEqual(await exact());
  });

  it('counts the work of each phase of every solve', async () => {
    const { out } = await kmplabRun(await smallLab(await temporaryDirectory()), '--samples', '0', '--json');
    const run = parseRunDocument(out, 'stdout');
    expect(run.scenarios).not.toEqual([]);
    for (const { counters } of run.scenarios.flatMap(({ steps }) => steps)) {
      expect(Object.keys(counters.work ?? {})).toEqual(['loadSolv', 'whatprovides', 'solve', 'order']);
      for (const edges of Object.values(counters.work ?? {})) expect(edges).toBeGreaterThan(100);
    }
  });

  it('writes the document and the report, and nothing else', async () => {
    const directory = await temporaryDirectory();
    const out = join(directory, 'out');
    const result = await kmplabRun(await smallLab(directory), '--samples', '2', '-o', out);
    expect(result.code).toBe(0);
    expect((await readdir(out)).sort()).toEqual([
      'data',
      'design',
      'index.html',
      'kernel',
      'measurements.html',
      'method.html',
      'package',
      'repository',
      'run.json',
      'scenario',
      'search.html',
      'symbol',
      'update',
    ]);
    const run = parseRunDocument(await readFile(join(out, 'run.json'), 'utf8'), 'run.json');
    const phases = run.scenarios[0]?.steps[0]?.phases ?? [];
    expect(phases.map(({ phase }) => phase)).toEqual(['loadSolv', 'whatprovides', 'solve', 'order']);
    expect(phases.map(({ samplesMs }) => samplesMs.length)).toEqual([2, 2, 2, 2]);
  });

  it('exits with 1 where an expectation is not met, and says expected, found and how to run it again', async () => {
    const file = await smallLab(await temporaryDirectory(), (text) => text.replace('disk: driven', 'disk: refused'));
    const { code, out } = await kmplabRun(file, '--samples', '0', '-o', join(file, '..', 'out'));
    expect(code).toBe(1);
    expect(out).toContain('kernel by name: audit.devices.disk\n       expected: refused\n       found:    driven');
    expect(out).toContain(`again: kmplab run ${file}`);
  });

  it('exits with 2 where a scenario cannot be run, and still runs the others', async () => {
    const directory = await temporaryDirectory();
    const good = await smallLab(directory);
    const bad = join(directory, 'bad.yaml');
    await writeFile(bad, 'question: [');
    const { code, out } = await kmplabRun(bad, good, '--samples', '0', '--json');
    expect(code).toBe(2);
    const { scenarios, verdict } = parseRunDocument(out, 'stdout');
    expect(scenarios.map(({ status }) => status)).toEqual(['error', 'passed']);
    expect(scenarios[0]?.error).toContain('bad.yaml:');
    expect(verdict.status).toBe('unknown');
  });

  it.each([
    ['a kernel that is not there', 'one.kernel]', 'three.kernel]', 'three.kernel'],
    ['a hardware profile that is not there', 'hardware.yaml', 'software.yaml', 'software.yaml'],
    ['a scheme that is not there', 'steps:\n  - name: fresh', 'scheme: modulr\nsteps:\n  - name: fresh', 'modulr'],
    [
      'a device that is not there',
      'request: { verb: in',
      'replaceDevices: { wifi: { name: x, class: network, modalias: x } }\n    request: { verb: in',
      'wifi',
    ],
  ])('names %s', async (_what, from, to, named) => {
    const file = await smallLab(await temporaryDirectory(), (text) => text.replace(from, to));
    const { code, out } = await kmplabRun(file, '--samples', '0', '--json');
    expect(code).toBe(2);
    expect(parseRunDocument(out, 'stdout').scenarios[0]?.error).toContain(named);
  });

  it('refuses a kernel without checksums under a scheme that is made of them, and says what to take', async () => {
    const directory = await temporaryDirectory();
    const file = await smallLab(directory);
    const without = { ...kernel({ release: '6.18.0-1-default' }), modversions: false };
    await writeKernelBuild(without, join(directory, 'two.kernel'));
    const { code, out } = await kmplabRun(file, '--samples', '0', '--json');
    expect(code).toBe(2);
    const [scenario] = parseRunDocument(out, 'stdout').scenarios;
    expect(scenario?.error).toContain('6.18.0-1-default has no symbol checksums');
    expect(scenario?.error).toContain('CONFIG_MODVERSIONS');
  });

  it('leaves nothing behind where the output directory cannot be made', async () => {
    const directory = await temporaryDirectory();
    const file = await smallLab(directory);
    const before = (await readdir(directory)).sort();
    const { code, err } = await kmplabRun(file, '--samples', '0', '-o', join(file, 'out'));
    expect(code).toBe(2);
    expect(err).toContain('update.yaml');
    expect((await readdir(directory)).sort()).toEqual(before);
  });
});
