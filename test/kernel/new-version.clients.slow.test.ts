import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { diffKernels, evolveKernel, importKernel, type KernelBuild, loadBuiltinKernel } from '#kernel';
import { loadObservedReach } from '../../src/kernel/evolve/observed.js';
import { reachedBy, typeGraphOf } from '../../src/kernel/evolve/type-graph.js';
import { debianPackage } from '../support/debian.js';

const run = promisify(execFile);

/** Debian carries a later kernel beside its own; the package without a number depends on the newest. */
async function laterPackage(): Promise<string | undefined> {
  const { stdout } = await run('apt-cache', ['depends', 'linux-image-6.12-amd64']).catch(() => ({ stdout: '' }));
  return /Depends: (linux-image-6\.12\S+)/.exec(stdout)?.[1];
}

const name = await laterPackage();
const file = name === undefined ? undefined : await debianPackage(name);
const skipped = file === undefined ? ', skipped: no apt source has linux-image-6.12-amd64' : '';

/** A kernel that the model has never seen: the type graph and the service pack were fitted to the chain of 6.1.0 and to counts alone. */
describe.skipIf(file === undefined)(`Linux 6.1 to 6.12${skipped}`, () => {
  let older: KernelBuild;
  let newer: KernelBuild;
  beforeAll(async () => {
    older = await loadBuiltinKernel('debian-6.1.0-56-amd64');
    newer = await importKernel([file ?? '']);
  }, 600_000);

  test('changes the symbols that reach a type of the base, and few others', async () => {
    const graph = typeGraphOf(older, await loadObservedReach());
    const base = graph.types.flatMap(({ kind }, type) => (kind === 'observed' ? [type] : []));
    const reached = new Set(reachedBy(graph, base).map((symbol) => graph.symbols[symbol]));
    const { changed } = diffKernels(older, newer);
    const after = new Set(
      [newer.image, ...newer.modules].flatMap(({ exports }) => exports.map((symbol) => symbol.name)),
    );
    const kept = new Set(graph.symbols.filter((symbol) => after.has(symbol)));
    const really = new Set(changed.map((symbol) => symbol.name));
    const right = [...really].filter((symbol) => reached.has(symbol)).length;
    const said = [...kept].filter((symbol) => reached.has(symbol)).length;
    expect(right / said).toBeGreaterThan(0.98);
    expect(right / really.size).toBeGreaterThan(0.93);
  });

  test('turns over as much as a service pack does', async () => {
    const made = await evolveKernel(older, { regime: 'service-pack', seed: 1 });
    const real = diffKernels(older, newer);
    const drawn = diffKernels(older, made);
    const close = (a: number, b: number, share: number): boolean => Math.abs(a - b) <= share * b;
    expect(close(drawn.modulesLost.length, real.modulesLost.length, 0.2)).toBe(true);
    expect(close(drawn.modulesAdded.length, real.modulesAdded.length, 0.2)).toBe(true);
    expect(close(drawn.changed.length / drawn.kept, real.changed.length / real.kept, 0.1)).toBe(true);
    expect([drawn.broken.length, real.broken.length]).toEqual([older.modules.length, older.modules.length]);
  });
});
