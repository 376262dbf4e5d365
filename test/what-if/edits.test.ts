import { describe, expect, it } from 'vitest';
import { InputError } from '#errors';
import { loadBuiltinKernel, withChangedChecksums } from '#kernel';
import { designNamed, parseSchemeText } from '#packaging';
import { boundText, editedScheme } from '#what-if';

const supplement = 'modalias(kernel-{flavor}:{alias})';

describe('a design with one edit more', () => {
  const linesOf = (scheme: string, list: 'supplements' | 'requires'): string[] =>
    designNamed(parseSchemeText(scheme).name)
      .packages.get('kmp')
      ?.lines[list].map(({ as }) => as) ?? [];

  it('stands where its name could, and lacks what was dropped', () => {
    const edited = editedScheme('modular', { kind: 'kmp', list: 'supplements', text: supplement, action: 'drop' });
    expect(linesOf('modular', 'supplements')).toContain(supplement);
    expect(linesOf(edited, 'supplements')).toEqual([]);
    expect(linesOf(edited, 'requires')).toEqual(linesOf('modular', 'requires'));
  });

  it('binds hardware as the ready design bound-supplements does', () => {
    const before = 'kabi-in-name naming=hackweek25 hardRequires=true';
    const edited = editedScheme(before, { kind: 'kmp', list: 'supplements', text: supplement, action: 'bind' });
    expect(linesOf(edited, 'supplements')).toEqual(linesOf('bound-supplements', 'supplements'));
  });

  it('takes a second edit beside the first', () => {
    const once = editedScheme('modular', { kind: 'kmp', list: 'supplements', text: supplement, action: 'drop' });
    const [requirement = ''] = linesOf('modular', 'requires');
    const twice = editedScheme(once, { kind: 'kmp', list: 'requires', text: requirement, action: 'drop' });
    expect([linesOf(twice, 'supplements'), linesOf(twice, 'requires')]).toEqual([[], []]);
  });

  it('is refused where it finds nothing, with the place in the text', () => {
    const edited = editedScheme('modular', { kind: 'kmp', list: 'requires', text: 'nothing', action: 'drop' });
    expect(() => designNamed(edited)).toThrow(/design in place:1:\d+.*no dependency "nothing"/);
  });

  it('cannot bind what has a version', () => {
    expect(boundText('{file}-kmp')).toBe('{file}-kmp = {version}');
    expect(() => boundText('ksym({flavor}:{symbol}) = {crc}')).toThrow(InputError);
  });
});

describe('a kernel build with another checksum', () => {
  it('has it wherever the symbol is exported or imported, and nowhere else', async () => {
    const build = await loadBuiltinKernel('debian-6.1.0-53-rt-amd64');
    const imported = build.modules.flatMap(({ imports }) => imports).find(({ crc }) => crc !== null);
    const name = imported?.name ?? '';
    const changed = withChangedChecksums(build, [name]);
    const uses = (one: typeof build) =>
      [one.image.exports, ...one.modules.flatMap(({ exports, imports }) => [exports, imports])].flat();
    const [before, after] = [uses(build), uses(changed)];
    expect(before.filter((one) => one.name === name).length).toBeGreaterThan(1);
    for (const [index, one] of after.entries()) {
      expect(one.crc === before[index]?.crc).toBe(one.name !== name);
    }
    expect(new Set(after.filter((one) => one.name === name).map(({ crc }) => crc)).size).toBe(1);
  });

  it('names the symbol that was probably meant', async () => {
    const build = await loadBuiltinKernel('debian-6.1.0-53-rt-amd64');
    const name = build.image.exports.find((one) => one.name.length > 8)?.name ?? '';
    expect(() => withChangedChecksums(build, [`${name}x`])).toThrow(`write "${name}"`);
  });
});
