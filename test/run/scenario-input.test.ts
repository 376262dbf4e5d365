import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRunDocument, type ScenarioResult } from '#run-document';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

async function run(edit: (scenario: string) => string): Promise<ScenarioResult> {
  const file = await smallLab(await temporaryDirectory(), edit);
  const { out } = await cli('run', file, '--samples', '0', '--json');
  const [scenario] = parseRunDocument(out, 'stdout').scenarios;
  if (scenario === undefined) throw new Error('no scenario ran');
  return scenario;
}

/** The small lab's second step with another request, and no expectations. */
function secondStep(text: string, request: string, repositories = '[base, update]'): string {
  const start = text.indexOf('  - name: kernel by name');
  return `${text.slice(0, start)}  - name: second\n    repositories: ${repositories}\n    request: ${request}\n`;
}

/** Comes and goes of a step, without architecture, sorted. */
function stepsOf(scenario: ScenarioResult, index: number): string[] {
  const outcome = scenario.steps[index]?.outcome;
  if (outcome?.status !== 'solved') return ['unsolvable'];
  return outcome.steps.map(({ nevra, type }) => `${type} ${nevra.replace('.x86_64', '')}`).sort();
}

describe('what a scenario refers to and is not there is told with its line', () => {
  it.each([
    ['a kernel', '/two.kernel]', '/three.kernel]', 5, 'three.kernel'],
    ['a hardware profile', '/hardware.yaml', '/software.yaml', 2, 'software.yaml'],
    [
      'a package',
      'steps:\n  - name: fresh',
      'installed: { repository: base, names: [grub2] }\nsteps:\n  - name: fresh',
      6,
      '"grub2"',
    ],
    [
      'a running kernel',
      'steps:\n  - name: fresh',
      'system: { running: 5.3.18-default }\nsteps:\n  - name: fresh',
      6,
      'not installed',
    ],
    [
      'a device',
      'request: { verb: in',
      'replaceDevices: { wifi: { name: x, class: network, modalias: x } }\n    request: { verb: in',
      7,
      'wifi',
    ],
    ['a package in a request', 'names: [kernel-default]', 'names: [kernel-defualt]', 9, 'write "kernel-default"'],
    [
      'a package in what is not expected',
      'transaction: { steps: 4 }',
      'transaction: { doesNotInstall: [nvme-kmp-defualt] }',
      12,
      'write "nvme-kmp-default"',
    ],
    [
      'a kernel module of the root file system',
      'steps:\n  - name: fresh',
      'rootKernelModules: [ext5]\nsteps:\n  - name: fresh',
      6,
      '"ext5"',
    ],
    ['a scheme', 'steps:\n  - name: fresh', 'scheme: modulr\nsteps:\n  - name: fresh', 6, '"modulr"'],
    [
      'a supplier of initrds',
      'steps:\n  - name: fresh',
      'initrd: { suppliedBy: bse }\nsteps:\n  - name: fresh',
      6,
      '"bse"',
    ],
    ['a kernel module', 'steps:\n  - name: fresh', 'kernelModules: [tun]\nsteps:\n  - name: fresh', 6, '"tun"'],
    ['packages of a pattern', '/two.kernel] }', '/two.kernel], without: ["tun-*"] }', 5, '"tun-*"'],
  ])('%s', async (_what, from, to, line, named) => {
    const { status, error } = await run((text) => text.replace(from, to));
    expect(status).toBe('error');
    expect(error).toContain(named);
    expect(error).toMatch(new RegExp(`update\\.yaml:${line}:\\d+`));
  });

  it('but a step that expects no solution may ask for anything', async () => {
    const { status, error } = await run((text) =>
      secondStep(text, '{ verb: in, names: [nothing-like-it] }\n    expect: { status: unsolvable }'),
    );
    expect([status, error]).toEqual(['passed', null]);
  });

  it('and the other scenarios still run', async () => {
    const directory = await temporaryDirectory();
    const good = await smallLab(directory);
    const bad = join(directory, 'future.yaml');
    await writeFile(bad, 'format: kmplab/scenario/7\nquestion: What will it say?\nrepositories: {}\nsteps: []\n');
    const { code, out } = await cli('run', bad, good, '--samples', '0', '--json');
    expect(code).toBe(2);
    const { scenarios } = parseRunDocument(out, 'stdout');
    expect(scenarios.map(({ status }) => status)).toEqual(['error', 'passed']);
    expect(scenarios[0]?.error).toMatch(/future\.yaml:1:\d+.*\n?.*newer kmplab/);
  });
});

describe('a scenario on several machines', () => {
  const onTwo = (text: string): string => {
    const [own = ''] = /hardware: (.*)/.exec(text)?.slice(1) ?? [];
    return secondStep(text.replace(`hardware: ${own}`, `hardware: [${own}, kvm-guest]`), '{ verb: up }')
      .replace('transaction: { steps: 4 }', 'violations: 7')
      .replace('    expect:', '    expectOn: { kvm-guest: { violations: 0 } }\n    expect:');
  };

  it('runs on each, and prints the command that reruns one', async () => {
    const file = await smallLab(await temporaryDirectory(), onTwo);
    const { out } = await cli('run', file, '--samples', '0', '--json');
    const [own, guest] = parseRunDocument(out, 'stdout').scenarios;
    expect([own?.status, guest?.hardware]).toEqual(['failed', 'kvm-guest']);
    const words = own?.rerun.split(' ') ?? [];
    expect(words).toEqual(['kmplab', 'run', file, '--hardware', own?.hardware]);
    const again = await cli(...words.slice(1), '--samples', '0', '--json');
    expect(again.code).toBe(1);
    const { scenarios } = parseRunDocument(again.out, 'stdout');
    expect(scenarios.map(({ id, status }) => [id, status])).toEqual([[own?.id, 'failed']]);
  });

  it('says where it runs when another machine is asked for', async () => {
    const file = await smallLab(await temporaryDirectory(), onTwo);
    const { code, out } = await cli('run', file, '--hardware', 'server-san', '--samples', '0');
    expect(code).toBe(2);
    expect(out).toMatch(/update\.yaml:2:1: this scenario does not run on server-san\n.*expected: .*kvm-guest/);
  });

  it('names the place of a profile that is not there', async () => {
    const file = await smallLab(await temporaryDirectory(), (text) => onTwo(text).replaceAll('kvm-guest', 'kvm-gest'));
    const { code, out } = await cli('run', file, '--samples', '0', '--json');
    expect(code).toBe(2);
    const [own, guest] = parseRunDocument(out, 'stdout').scenarios;
    expect(own?.error).toBeNull();
    expect(guest).toMatchObject({ status: 'error', error: expect.stringMatching(/update\.yaml:2:\d\d.*kvm-gest/s) });
  });
});

describe('a repository', () => {
  it('refreshed halfway holds only some packages of a build', async () => {
    const scenario = await run((text) =>
      secondStep(text, '{ verb: up }').replace('/two.kernel] }', '/two.kernel], without: ["r8152-*"] }'),
    );
    expect(stepsOf(scenario, 1)).toEqual([
      'multiversion kernel-default-6.1.0-2',
      'multiversion nvme-kmp-default-6.1.0-2',
      'multiversion usbcore-kmp-default-6.1.0-2',
    ]);
    expect(scenario.steps[1]?.audit.devices.find(({ device }) => device === 'nic')?.state).not.toBe('driven');
  });

  it.each([
    ['category: security', ['multiversion kernel-default-6.1.0-2', 'multiversion r8152-kmp-default-6.1.0-2']],
    ['category: optional', []],
    ['category: optional, withOptional: true', ['multiversion nvme-kmp-default-6.1.0-2']],
  ])('publishes patches, of which `patch` with %s takes those that are needed', async (options, expected) => {
    const patches = `
      - { name: nic-1, category: security, packages: [r8152-kmp-default] }
      - { name: disk-2, category: optional, packages: [nvme-kmp-default] }`;
    const scenario = await run((text) =>
      secondStep(text, `{ verb: patch, ${options} }`)
        .replace('update: { kernels: [', 'update:\n    kernels: [')
        .replace('/two.kernel] }', `/two.kernel]\n    patches:${patches}`),
    );
    expect(scenario.error).toBeNull();
    expect(stepsOf(scenario, 1)).toEqual(expected);
  });

  it('can hold parts of kernels', async () => {
    const scenario = await run((text) =>
      text.replace('steps:\n  - name: fresh', 'kernelModules: [r8152]\nsteps:\n  - name: fresh'),
    );
    expect(stepsOf(scenario, 0)).toEqual([
      'multiversion kernel-default-6.1.0-1',
      'multiversion r8152-kmp-default-6.1.0-1',
      'multiversion usbcore-kmp-default-6.1.0-1',
    ]);
  });
});

describe('a driver from outside', () => {
  const external = (text: string, scheme: string, more: string, name: string): string => {
    const driver = `kernelModule: acmenic, like: r8152, kernel: ${/\[(.*)\/one/.exec(text)?.[1]}/one.kernel, version: "2.5"`;
    const acme = `  acme: { vendor: Acme, externalDrivers: [{ ${driver}, scheme: ${scheme}${more} }] }\n`;
    return secondStep(text, `{ verb: in, names: [${name}] }`, '[base, acme]').replace('steps:\n', `${acme}steps:\n`);
  };

  it.each([
    ['suse-kmp', '', 'acmenic-kmp-default', ['multiversion acmenic-kmp-default-2.5_k6.1.0_1-1']],
    [
      'suse-kmp',
      ', signer: Acme',
      'acmenic-kmp-default',
      ['install acmenic-ueficert-2.5_k6.1.0_1-1', 'multiversion acmenic-kmp-default-2.5_k6.1.0_1-1'],
    ],
    ['kabi-in-name', '', 'acmenic-kmp-default-6.1.0_1', ['install acmenic-kmp-default-6.1.0_1-2.5-1']],
  ])('is packaged as %s%s', async (scheme, more, name, expected) => {
    const scenario = await run((text) => external(text, scheme, more, name));
    expect(scenario.error).toBeNull();
    expect(stepsOf(scenario, 1)).toEqual(expected);
    const [kernel] = scenario.steps[1]?.audit.kernels ?? [];
    expect(kernel).toMatchObject({ loadable: 4, taints: { outOfTree: 1 } });
  });

  it('is not packaged under a scheme for whole kernels', async () => {
    const { error } = await run((text) => external(text, 'monolithic', '', 'acmenic'));
    expect(error).toContain('scheme monolithic does not package single drivers');
  });
});
