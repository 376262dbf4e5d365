import { describe, expect, it } from 'vitest';
import { verify } from '#solve';
import { type PackageSpec, packages } from '../support/packages.js';

const kernelOnly = (pkg: { readonly name: string }): boolean =>
  pkg.name.startsWith('kernel') || pkg.name.includes('-kmp');

function kinds(specs: Readonly<Record<string, PackageSpec>>): string[] {
  return verify(packages(specs), kernelOnly).map(({ kind, subject }) => `${kind} ${subject}`);
}

describe('the verifier', () => {
  it('accepts a set in which every requires is met', () => {
    expect(kinds({ 'a-1-1': { requires: ['b >= 2'] }, 'b-2-1': {} })).toEqual([]);
  });

  it('finds a requires that nobody meets, or only in another version', () => {
    expect(kinds({ 'a-1-1': { requires: ['b', 'c = 3'] }, 'c-4-1': {} })).toEqual(['requires b', 'requires c = 3']);
  });

  it('compares checksums as versions, the way rpm does', () => {
    const kernel = { provides: ['ksym(default:foo) = 1a2b3c'] };
    expect(kinds({ 'kernel-6-1': kernel, 'a-kmp-6-1': { requires: ['ksym(default:foo) = 1a2b3c'] } })).toEqual([]);
    expect(kinds({ 'kernel-6-1': kernel, 'a-kmp-6-1': { requires: ['ksym(default:foo) = 1a2b3d'] } })).toHaveLength(1);
  });

  it('takes a file of an installed package for a provide', () => {
    expect(kinds({ 'a-1-1': { requires: ['/sbin/depmod'] }, 'kmod-1-1': { files: ['/sbin/depmod'] } })).toEqual([]);
  });

  it('leaves what rpm itself provides to rpm', () => {
    expect(kinds({ 'a-1-1': { requires: ['rpmlib(CompressedFileNames) <= 3.0.4-1'] } })).toEqual([]);
  });

  it('evaluates rich dependencies', () => {
    const condition = { requires: ['(kmod(x.ko) if kernel)'] };
    expect(kinds({ 'a-1-1': condition })).toEqual([]);
    expect(kinds({ 'a-1-1': condition, 'kernel-6-1': {} })).toEqual(['requires (kmod(x.ko) if kernel)']);
    expect(kinds({ 'a-1-1': condition, 'kernel-6-1': {}, 'x-kmp-6-1': { provides: ['kmod(x.ko)'] } })).toEqual([]);
    expect(kinds({ 'a-1-1': { requires: ['(b or c)'] }, 'c-1-1': {} })).toEqual([]);
    expect(kinds({ 'a-1-1': { requires: ['(b with b >= 2)'] }, 'b-1-1': {} })).toHaveLength(1);
  });

  // rpm-dependencies(7): A unless B is A and not B; with an else, C where there is B.
  it.each([
    ['(b unless c)', [], false],
    ['(b unless c)', ['b-1-1'], true],
    ['(b unless c)', ['c-1-1'], false],
    ['(b unless c)', ['b-1-1', 'c-1-1'], false],
    ['(b unless c else d)', ['b-1-1'], true],
    ['(b unless c else d)', ['b-1-1', 'c-1-1'], false],
    ['(b unless c else d)', ['c-1-1', 'd-1-1'], true],
    ['(b unless c else d)', ['d-1-1'], false],
  ])('reads %s beside %j as met: %s', (dependency, others, met) => {
    const beside = Object.fromEntries(others.map((nvr) => [nvr, {}]));
    expect(kinds({ 'a-1-1': { requires: [dependency] }, ...beside })).toEqual(met ? [] : [`requires ${dependency}`]);
  });

  it('finds conflicts with others and none of a package with itself', () => {
    const spec = { conflicts: ['driver'], provides: ['driver'] };
    expect(kinds({ 'a-1-1': spec })).toEqual([]);
    expect(kinds({ 'a-1-1': spec, 'b-1-1': { provides: ['driver'] } })).toEqual(['conflicts driver']);
  });

  it('matches obsoletes by package name only, for multiversion packages too', () => {
    expect(kinds({ 'a-1-1': { obsoletes: ['b < 2'] }, 'b-1-1': {} })).toEqual(['obsoletes b < 2']);
    expect(kinds({ 'a-1-1': { obsoletes: ['b'] }, 'c-1-1': { provides: ['b'] } })).toEqual([]);
    expect(kinds({ 'a-kmp-1-1': { obsoletes: ['b'] }, 'b-1-1': {} })).toEqual(['obsoletes b']);
  });

  it('lets only multiversion packages be there twice', () => {
    expect(kinds({ 'kernel-5-1': {}, 'kernel-6-1': {} })).toEqual([]);
    expect(kinds({ 'a-1-1': {}, 'a-2-1': {} })).toEqual(['same-name a']);
  });

  // solver_addpkgrulesforsolvable() looks at both: "also check the installed package for multi-ness".
  it.each([['5'], ['6']])('lets no pair be there of which only version %s is multiversion', (version) => {
    const found = verify(packages({ 'kernel-5-1': {}, 'kernel-6-1': {} }), ({ evr }) => evr.version === version);
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['same-name kernel']);
  });

  it('finds two packages with one file, which libsolv cannot see', () => {
    const file = '/lib/modules/6.1.0-52-amd64/kernel/drivers/net/e1000e.ko';
    expect(kinds({ 'e1000e-kmp-1-1': { files: [file] }, 'e1000e-kmp-1-2': { files: [file] } })).toEqual([
      `file-conflict ${file}`,
    ]);
  });
});
