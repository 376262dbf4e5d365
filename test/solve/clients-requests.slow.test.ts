import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRepository } from '#repomd';
import type { RpmPackage } from '#rpm';
import { requestOptions, requestSchema, requestText } from '#scenario';
import { buildEmptyRpms } from '../support/clients.js';
import { advisoriesOf, type PackageSpec, packages } from '../support/packages.js';
import { runningKernel } from '../support/uname.js';
import { ZypperRoot, zypperVersion } from '../support/zypper.js';
import { vendorOf, type ZypperCase, zypperCases } from '../support/zypper-cases.js';

/** Real zypper in a root of its own gives the answers that `request.test.ts` holds the lab to. */
let scratch: string;
let noHardware: string;
let version: string;
let running: Awaited<ReturnType<typeof runningKernel>>;
const roots = new Map<string, Promise<ZypperRoot>>();

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-requests-'));
  noHardware = join(scratch, 'no.modaliases');
  await writeFile(noHardware, '');
  running = await runningKernel(scratch);
  version = await zypperVersion();
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

function packagesOf(name: string, specs: Readonly<Record<string, PackageSpec>>): RpmPackage[] {
  return packages(specs).map((pkg) => ({ ...pkg, vendor: vendorOf(name) }));
}

/** Cases on the same machine share its root: nothing here is ever really installed. */
function rootOf({ installed, repositories, priorities = {}, patches = {} }: ZypperCase): Promise<ZypperRoot> {
  const key = JSON.stringify([installed, repositories, priorities, patches]);
  let root = roots.get(key);
  if (root === undefined) {
    root = makeRoot(join(scratch, `machine${roots.size}`), { installed, repositories, priorities, patches });
    roots.set(key, root);
  }
  return root;
}

async function makeRoot(
  directory: string,
  machine: Pick<ZypperCase, 'installed' | 'repositories' | 'priorities' | 'patches'>,
): Promise<ZypperRoot> {
  const { installed, repositories, priorities = {}, patches = {} } = machine;
  await mkdir(directory, { recursive: true });
  const root = await ZypperRoot.create(join(directory, 'root'));
  await root.install(await buildEmptyRpms(packagesOf('@System', installed), join(directory, 'rpms')));
  for (const [name, specs] of Object.entries(repositories)) {
    const offered = packagesOf(name, specs);
    const advisories = advisoriesOf(patches[name] ?? [], offered);
    await writeRepository(offered, join(directory, name), { advisories });
    await root.addRepository(name, join(directory, name), priorities[name]);
  }
  return root;
}

test.each(zypperCases.map((one) => [`${requestText(requestSchema.parse(one.request))}: ${one.what}`, one] as const))(
  '%s',
  async (_what, one) => {
    const root = await rootOf(one);
    const { machine = {}, expected } = one;
    const request = requestSchema.parse(one.request);
    await root.configure(machine.zyppConf ?? {});
    await root.lock(machine.locks ?? []);
    await root.setAutoInstalled(machine.autoInstalled ?? []);
    // `in name = version` is one argument of zypper's, without spaces.
    const names = request.names.map((name) => name.replaceAll(' ', ''));
    const environment = typeof machine.running === 'string' ? running(machine.running) : {};
    const args = [request.verb, ...requestOptions(request), ...names];
    const { status, steps, printed } = await root.dryRun(args, noHardware, environment);
    const found = steps.map((step) => step.replace(/^([+-])/, '$1 ').replace(/\.x86_64$/, '')).sort();
    expect(status === 'unsolvable' ? ['unsolvable'] : found, printed).toEqual(one.differs?.[version] ?? expected);
  },
);
