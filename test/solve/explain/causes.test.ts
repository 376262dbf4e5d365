import { describe, expect, it } from 'vitest';
import { type KernelModule, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { solveOn } from '../../support/machine.js';
import { changedImports, solvePackages } from '../../support/real-machine.js';

describe('what many problems come down to', () => {
  it('is the gap that they share', async () => {
    const requires = ['lib'];
    const repository = { 'a-1-1': { requires }, 'b-1-1': { requires }, 'c-1-1': { requires: ['other'] } };
    const { outcome } = await solveOn({ repository }, { verb: 'in', names: ['a', 'b', 'c'] });
    if (outcome.status !== 'unsolvable') throw new Error(outcome.status);
    expect(outcome.problems).toHaveLength(3);
    expect(outcome.causes.first.map(({ cause, problems, packages }) => [cause, problems, packages])).toEqual([
      [{ kind: 'gap', dependency: 'lib' }, 2, 2],
      [{ kind: 'gap', dependency: 'other' }, 1, 1],
    ]);
  });

  it('is a lock', async () => {
    const repository = { 'a-1-1': { requires: ['b'] }, 'b-1-1': {} };
    const { outcome } = await solveOn({ repository, machine: { locks: ['b'] } }, { verb: 'in', names: ['a'] });
    if (outcome.status !== 'unsolvable') throw new Error(outcome.status);
    expect(outcome.causes.first).toMatchObject([
      { cause: { kind: 'lock', holds: 'out', what: 'b-1-1.x86_64' }, problems: 1 },
    ]);
  });

  it('does not try the solutions of more problems than can be taken together', async () => {
    const names = Array.from({ length: 13 }, (_, index) => `gone${index}`);
    const { outcome } = await solveOn({ repository: {} }, { verb: 'in', names });
    if (outcome.status !== 'unsolvable') throw new Error(outcome.status);
    const effects = outcome.problems.flatMap(({ solutions }) => solutions.map(({ effect }) => effect));
    expect(effects).toHaveLength(13);
    expect(new Set(effects.map((effect) => JSON.stringify(effect))).size).toBe(1);
    expect(effects[0]).toEqual({ status: 'notTried', why: 'manyProblems', number: 12 });
  });

  it('is, on real builds, the changed symbols in order of the packages that import them', {
    timeout: 120_000,
  }, async () => {
    const [older, newer] = await Promise.all(['52', '53'].map((abi) => loadBuiltinKernel(`debian-6.1.0-${abi}-amd64`)));
    if (older === undefined || newer === undefined) throw new Error('no builds');
    const fileName = ({ path }: KernelModule): string => path.replace(/^.*\/|\.ko.*$/g, '');
    // Kernel modules that need the image only: their failures are their own.
    const inImage = new Set(older.image.exports.map(({ name }) => name));
    const broken = older.modules
      .filter(({ imports }) => imports.every(({ name }) => inImage.has(name)))
      .map((kernelModule) => ({ kernelModule, changed: changedImports(kernelModule, newer).changed }))
      .filter(({ changed }) => changed.length > 0)
      .slice(0, 40);
    expect(broken.length).toBe(40);
    const names = broken.map(({ kernelModule }) => `${fileName(kernelModule)}-kmp-default`);
    const kmps = packageBuilds('modular', [older], { patterns: false }).packages.filter(({ name }) =>
      names.includes(name),
    );
    const image = packageBuilds('modular', [newer], { patterns: false }).packages.filter(
      ({ name }) => name === 'kernel-default',
    );
    const { outcome } = await solvePackages(
      [],
      { vendor: kmps, update: image },
      { verb: 'in', names: ['kernel-default', ...names] },
    );
    if (outcome.status !== 'unsolvable') throw new Error(outcome.status);
    expect(outcome.problems).toHaveLength(40);
    const importers = new Map<string, number>();
    for (const { changed } of broken)
      for (const symbol of changed) importers.set(symbol, (importers.get(symbol) ?? 0) + 1);
    expect(outcome.causes.total).toBe(importers.size);
    const expected = [...importers]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, outcome.causes.first.length);
    const symbols = outcome.causes.first.map(({ cause, packages }) => [
      cause.kind === 'symbol' && cause.symbol,
      packages,
    ]);
    expect(symbols).toEqual(expected);
  });
});
