import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtinHardware } from '#hardware';
import { parseRunDocument, type RunDocument, type ScenarioResult } from '#run-document';
import { userspacePackages } from '#scenario';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Three kernel modules, of which the second build's changed symbol breaks r8152; nvme is in most machines. */
describe('schemes compared', () => {
  let directory: string;
  let run: RunDocument;
  let alone: ScenarioResult | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kmplab-schemes-'));
    const file = await smallLab(directory);
    const schemes = ['modular', 'monolithic', 'split layout=fedora'];
    const { out } = await cli('run', file, '--samples', '0', '--jobs', '1', '--json', '--scheme', ...schemes);
    run = parseRunDocument(out, 'stdout');
    // The same machine as a scenario of its own.
    const machine = join(directory, 'machine.yaml');
    await writeFile(
      machine,
      `question: The same by hand?
hardware: laptop-e1000e
repositories:
  base: { kernels: [${directory}/one.kernel], userspace: true }
  update: { kernels: [${directory}/two.kernel] }
steps:
  - { name: install, repositories: [base], request: { verb: in, names: [kernel-default, base-system] } }
  - { name: update, repositories: [base, update], request: { verb: up } }
`,
    );
    alone = parseRunDocument((await cli('run', machine, '--samples', '0', '--jobs', '1', '--json')).out, 'stdout')
      .scenarios[0];
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('say what each update makes a build service build', () => {
    expect(run.schemes.map(({ scheme, updates }) => [scheme, updates])).toEqual(
      [
        ['modular', 4, { image: 1, new: 0, changed: 0, tied: 1 }],
        ['monolithic', 1, { image: 1, new: 0, changed: 0, tied: 0 }],
        // core, modules-core with nvme and usbcore, modules with r8152 or an empty one, extra, and the package that requires them.
        ['split layout=fedora', 5, { image: 1, new: 0, changed: 0, tied: 4 }],
      ].map(([scheme, packages, rebuilt]) => [
        scheme,
        [{ from: '6.1.0-1-default', to: '6.1.0-2-default', packages, rebuilt }],
      ]),
    );
  });

  it('have every ready hardware profile install and update', async () => {
    const profiles = await builtinHardware();
    expect(profiles.length).toBeGreaterThanOrEqual(8);
    for (const { machines } of run.schemes) {
      expect(machines.map(({ hardware }) => hardware)).toEqual(profiles);
      expect(machines.every(({ steps }) => steps.map(({ name }) => name).join() === 'install,update')).toBe(true);
      expect(machines.every(({ steps }) => steps.every(({ status }) => status === 'solved'))).toBe(true);
    }
  });

  it('have the numbers that a scenario of that machine has', () => {
    const [modular] = run.schemes;
    const laptop = modular?.machines.find(({ hardware }) => hardware === 'laptop-e1000e');
    const byHand = alone?.steps.map(({ name, request, counters, audit }) => ({
      request,
      downloadBytes: counters.downloadBytes,
      installedBytesChange: counters.installedBytesChange,
      // The user space comes once and is not counted.
      packages: counters.steps - (name === 'install' ? Object.keys(userspacePackages).length : 0),
      driven: audit.devices.filter(({ kernel, state }) => kernel === audit.nextBoot && state === 'driven').length,
    }));
    expect(laptop?.steps).toMatchObject(byHand ?? [{ nothing: 'was run' }]);
    expect(laptop?.steps[0]?.devices).toBeGreaterThan(laptop?.steps[0]?.driven ?? 0);
  });

  it('ask each scheme for its own kernel package', () => {
    const asked = run.schemes.map(({ machines }) => machines[0]?.steps[0]?.request);
    expect(asked).toEqual([
      'zypper in kernel-default base-system',
      'zypper in kernel-default base-system',
      'zypper in kernel base-system',
    ]);
    const fedora = run.scenarios.find(({ scheme }) => scheme === 'split layout=fedora');
    expect(fedora?.steps.map(({ request, outcome }) => `${request}: ${outcome.status}`)).toEqual([
      'zypper in kernel: solved',
      'zypper in kernel: solved',
    ]);
  });

  it('list the repository whose size stands for each', () => {
    for (const { scheme, repository } of run.schemes) {
      const found = run.repositories.filter((one) => one.scheme === scheme && one.name === repository);
      expect(found.map(({ kernels }) => kernels)).toEqual([[expect.stringContaining('two.kernel')]]);
    }
  });
});

it('a scheme that cannot package the kernel builds is named among what did not run', async () => {
  const directory = await temporaryDirectory();
  const file = await smallLab(directory);
  const { out } = await cli(
    'run',
    file,
    '--samples',
    '0',
    '--json',
    '--scheme',
    'modular',
    'suse-kmp external=["nope"]',
  );
  const { notRun, schemes } = parseRunDocument(out, 'stdout');
  expect(schemes.map(({ scheme }) => scheme)).toEqual(['modular']);
  expect(notRun).toContainEqual({
    what: 'comparison of scheme suse-kmp external=["nope"]',
    why: expect.stringContaining('no kernel module like "nope"'),
    bug: false,
  });
});
