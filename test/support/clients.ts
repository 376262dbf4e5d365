import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type PackageSet, renderSpec } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';

const run = promisify(execFile);
const maxBuffer = 2 ** 28;

/** Runs a program; a failure carries what it printed. */
export async function tool(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(program, args, { maxBuffer, env: { ...process.env, LC_ALL: 'C', ...env } });
  return stdout;
}

/** What a program said on both channels. */
export async function toolWithErrors(
  program: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run(program, args, { maxBuffer, env: { ...process.env, LC_ALL: 'C' } });
}

/** Has rpmbuild make packages without files, and returns their RPM files. A spec file has room for one version of each name. */
export async function buildEmptyRpms(packages: readonly RpmPackage[], directory: string): Promise<string[]> {
  const rpms: string[] = [];
  for (const [index, batch] of batchesOf(packages, ({ name }) => [name]).entries()) {
    const top = join(directory, `batch${index}`);
    const spec = join(top, 'empty.spec');
    const set: PackageSet = { format: 'kmplab/package-set', version: 1, scheme: 'empty', kernels: [], packages: batch };
    await mkdir(top, { recursive: true });
    await writeFile(spec, renderSpec(set, { name: 'kernel-empty', dependencies: 'stated', files: false }));
    rpms.push(...(await rpmbuild(spec, join(top, 'rpmbuild'), targetOf(batch))));
  }
  return rpms;
}

/** As `buildEmptyRpms`, and every package holds its files: each a line of text that names the package, so that no two are identical. */
export async function buildTinyRpms(packages: readonly RpmPackage[], directory: string): Promise<string[]> {
  const rpms: string[] = [];
  const claimsOf = (one: RpmPackage): string[] => [one.name, ...one.files.map(({ path }) => path)];
  for (const [index, batch] of batchesOf(packages, claimsOf).entries()) {
    const top = join(directory, `batch${index}`);
    const tree = join(top, 'tree');
    for (const one of batch) {
      for (const { path } of one.files) {
        await mkdir(join(tree, dirname(path)), { recursive: true });
        await writeFile(join(tree, path), `${path} of ${nevra(one)}\n`);
      }
    }
    const spec = join(top, 'tiny.spec');
    const set: PackageSet = { format: 'kmplab/package-set', version: 1, scheme: 'tiny', kernels: [], packages: batch };
    await mkdir(tree, { recursive: true });
    await writeFile(spec, renderSpec(set, { name: 'kernel-tiny', dependencies: 'stated', files: true }));
    rpms.push(
      ...(await rpmbuild(spec, join(top, 'rpmbuild'), [...targetOf(batch), '--define', `modules_root ${tree}`])),
    );
  }
  return rpms;
}

/** rpmbuild builds for the machine it runs on, unless told otherwise; a spec says itself what is for any architecture. */
function targetOf(batch: readonly RpmPackage[]): string[] {
  const arch = batch.find((one) => one.arch !== 'noarch')?.arch;
  return arch === undefined ? [] : ['--target', `${arch}-linux`];
}

/**
 * One vendor and one architecture to a batch, and one package of what each claims: a spec has room for one version of a name, a tree for
 * one file at a path.
 */
function batchesOf(
  packages: readonly RpmPackage[],
  claimsOf: (one: RpmPackage) => readonly string[],
): readonly (readonly RpmPackage[])[] {
  const seen = new Map<string, number>();
  const batches = new Map<string, RpmPackage[]>();
  // What is for any architecture needs no batch: a build service makes it beside the first one.
  const first = packages.find(({ arch }) => arch !== 'noarch')?.arch ?? 'noarch';
  for (const pkg of packages) {
    const claims = claimsOf(pkg);
    const earlier = Math.max(...claims.map((claim) => seen.get(claim) ?? 0));
    for (const claim of claims) seen.set(claim, earlier + 1);
    const key = `${pkg.vendor} ${pkg.arch === 'noarch' ? first : pkg.arch} ${earlier}`;
    const batch = batches.get(key);
    if (batch === undefined) batches.set(key, [pkg]);
    else batch.push(pkg);
  }
  return [...batches.values()];
}

export async function rpmbuild(spec: string, topdir: string, more: readonly string[] = []): Promise<string[]> {
  await tool('rpmbuild', ['-bb', '--quiet', '--define', `_topdir ${topdir}`, ...more, spec]);
  const rpms = join(topdir, 'RPMS');
  const found: string[] = [];
  for (const arch of await readdir(rpms)) {
    for (const file of await readdir(join(rpms, arch))) found.push(join(rpms, arch, file));
  }
  return found.sort();
}
