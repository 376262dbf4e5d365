import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Advisory, updateinfoDocument, writeRepository } from '#repomd';
import { buildEmptyRpms, tool } from '../support/clients.js';
import { packages } from '../support/packages.js';
import { ZypperRoot } from '../support/zypper.js';

/** What libsolv's tools, zypper and dnf read in an updateinfo of ours. */
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-advisory-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const installed = packages({ 'driver-1-1': {}, 'tool-1-1': {} });
const newer = packages({ 'driver-2-1': {}, 'tool-2-1': {}, 'other-2-1': {} });
const byName = (name: string) => newer.filter((one) => one.name === name);
const cve = [{ type: 'cve', id: 'CVE-2026-1', href: 'https://example.org/', title: 'A hole' }] as const;
const advisories: readonly Advisory[] = [
  {
    id: 'kmplab-1',
    type: 'security',
    severity: 'important',
    title: 'A driver',
    references: cve,
    packages: byName('driver'),
  },
  { id: 'kmplab-2', type: 'optional', severity: 'low', title: 'A tool', packages: byName('tool') },
  { id: 'kmplab-3', type: 'recommended', title: 'Not installed', packages: byName('other') },
  {
    id: 'kmplab-4',
    type: 'recommended',
    title: 'Needs a reboot',
    packages: byName('tool').map(({ name, evr, arch }) => ({ name, evr, arch, suggestion: 'reboot' as const })),
  },
];

test('libsolv reads each advisory as a patch that conflicts with what is older', async () => {
  const xml = updateinfoDocument(advisories);
  const file = join(scratch, 'updateinfo.solv');
  await writeFile(file, execFileSync('updateinfoxml2solv', { input: xml }));
  const dump = await tool('dumpsolv', [file]);
  expect(dump).toContain('repo 1 contains 4 solvables');
  expect(dump).toMatch(/name: patch:kmplab-1\n(.*\n){6,8} {2}driver\.x86_64 << 2-1\n {2}driver\.noarch << 2-1/);
});

test('zypper lists them as needed or not, and patches what security and recommended ones name', async () => {
  const repository = join(scratch, 'repository');
  await writeRepository(newer, repository, { advisories });
  const root = await ZypperRoot.create(join(scratch, 'root'));
  const set = { format: 'kmplab/package-set', version: 1, scheme: 'none', kernels: [], packages: installed } as const;
  await root.install(await buildEmptyRpms(set.packages, join(scratch, 'rpms')));
  await root.addRepository('update', repository);
  const listed = await root.patches();
  expect(listed).toEqual([
    'kmplab-1 security important needed',
    'kmplab-2 optional low needed',
    'kmplab-3 recommended - not-needed',
    'kmplab-4 recommended - needed',
  ]);
  const nothing = join(scratch, 'no.modaliases');
  await writeFile(nothing, '');
  const steps = async (...flags: string[]) => (await root.dryRun(['patch', ...flags], nothing)).steps;
  // One that suggests a reboot is interactive, and without a user zypper passes it by.
  expect(await steps()).toEqual(['+driver-2-1.x86_64', '-driver-1-1.x86_64']);
  expect(await steps('--with-interactive')).toEqual([
    '+driver-2-1.x86_64',
    '+tool-2-1.x86_64',
    '-driver-1-1.x86_64',
    '-tool-1-1.x86_64',
  ]);
});

test('dnf finds the packages of an advisory, of a CVE and of all security updates', async () => {
  const dnf = async (filter: string): Promise<string> => {
    const printed = await tool('dnf', [
      ...['--setopt=reposdir=/dev/null', `--installroot=${join(scratch, 'dnf')}`, '--releasever=1', '--nogpgcheck'],
      ...['-q', `--repofrompath=ours,file://${join(scratch, 'repository')}`, 'repoquery', filter],
    ]);
    return printed.trim();
  };
  expect(await dnf('--advisory=kmplab-2')).toBe('tool-0:2-1.x86_64');
  expect(await dnf('--cve=CVE-2026-1')).toBe('driver-0:2-1.x86_64');
  expect(await dnf('--security')).toBe('driver-0:2-1.x86_64');
  expect(await dnf('--advisory=kmplab-9')).toBe('');
});
