import { dirname, resolve } from 'node:path';
import { InputError } from '#errors';
import { parseYaml, readInputText } from '#files';
import type { KernelBuild, KernelModule } from '../build.js';
import { readKernelBuild } from '../build-file.js';
import { isBuiltinKernel, loadBuiltinKernel } from '../builtin.js';
import { evolve } from '../evolve/evolve.js';
import { loadObservedReach } from '../evolve/observed.js';
import { regimeNamed } from '../evolve/regime.js';
import { modprobeName } from '../module-name.js';
import {
  type DatedBuild,
  type DriverBuild,
  type DriverSpec,
  type History,
  type HistorySpec,
  historySchema,
} from './history.js';

const limitBytes = 1024 ** 2;

/**
 * Reads a history and everything it names; paths in it are relative to its file.
 *
 * @throws InputError
 */
export async function readHistory(file: string): Promise<History> {
  const spec = parseHistory(await readInputText(file, { limitBytes, expected: 'a history of kernel builds' }), file);
  const builds = await buildsOf(spec, dirname(resolve(file)));
  const driverBuilds = spec.drivers.flatMap((driver) =>
    builds.map((dated, index) => driverBuild(driver, dated, index + 1, file)),
  );
  const { name, description } = spec;
  return { name, description, builds, driverBuilds: driverBuilds.sort(byDate) };
}

export function parseHistory(text: string, file: string): HistorySpec {
  return parseYaml(text, file, {
    schema: historySchema,
    what: 'a history of kernel builds',
    hint: 'see scenarios/histories/ for one that is right',
  });
}

async function buildsOf({ chain, evolved }: HistorySpec, directory: string): Promise<DatedBuild[]> {
  const load = async (name: string): Promise<KernelBuild> =>
    (await isBuiltinKernel(name)) ? loadBuiltinKernel(name) : readKernelBuild(resolve(directory, name));
  const builds: DatedBuild[] = [];
  for (const { kernel, date } of chain ?? []) builds.push({ date, build: await load(kernel) });
  if (evolved === undefined) return builds;
  const regime = regimeNamed(evolved.regime);
  const observed = await loadObservedReach();
  let build = await load(evolved.from);
  builds.push({ date: evolved.date, build });
  for (let step = 1; step <= evolved.builds; step++) {
    build = evolve(build, regime, evolved.seed + step, observed);
    builds.push({ date: laterBy(evolved.date, step * evolved.everyDays), build });
  }
  return builds;
}

/**
 * A driver of a vendor, as it would be compiled against a build: with the imports, CRCs and devices of the driver it resembles. It
 * lies in `updates/`, is signed by its vendor, and exports nothing.
 */
function driverBuild(driver: DriverSpec, { date, build }: DatedBuild, number: number, file: string): DriverBuild {
  const like = build.modules.find(({ name }) => name === modprobeName(driver.like));
  if (like === undefined) {
    throw new InputError('missing', `${build.release} has no kernel module ${driver.like}`, {
      file,
      place: { part: `driver ${driver.name}` },
    });
  }
  const version = `${driver.version}.${number}`;
  const { signature: _signature, ...unsigned } = like;
  const kernelModule: KernelModule = {
    ...unsigned,
    name: modprobeName(driver.name),
    path: `updates/${driver.name}.ko`,
    exports: [],
    driverVersion: version,
    inTree: false,
    signer: driver.vendor,
  };
  return { date: laterBy(date, driver.lagDays), driver: driver.name, version, builtFor: build.release, kernelModule };
}

const dayMs = 24 * 60 * 60 * 1000;

/** Calendar days in UTC, where every day has the same length. */
export function laterBy(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

function byDate(a: DriverBuild, b: DriverBuild): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.driver < b.driver ? -1 : a.driver > b.driver ? 1 : 0;
}
