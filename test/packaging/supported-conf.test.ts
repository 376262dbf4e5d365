import { expect, test } from 'vitest';
import type { Support } from '#kernel';
import { packageBuilds } from '#packaging';
import { parseSupported } from '../../src/kernel/read/supported.js';
import { kernel } from '../support/kernel.js';
import { bare, refusal } from '../support/package-set.js';

/** ext4 and snd are where the table of directories would not put them. */
const build = (support: Readonly<Record<string, Support>>) =>
  kernel({
    image: { module_layout: 1 },
    modules: Object.fromEntries(
      [
        ['ext4', 'kernel/fs/ext4/ext4.ko'],
        ['snd', 'kernel/sound/core/snd.ko'],
        ['loop', 'kernel/drivers/block/loop.ko'],
        ['can', 'kernel/net/can/can.ko'],
        ['sg', 'kernel/lib/sg.ko'],
      ].map(([name = '', path = '']) => [
        name,
        {
          path,
          depends: name === 'snd' ? ['sg'] : [],
          ...(support[name] === undefined ? {} : { support: support[name] }),
        },
      ]),
    ),
  });

/** Kernel modules of each package of `split`. */
function placed(support: Readonly<Record<string, Support>>): Record<string, string[]> {
  const { packages } = packageBuilds('split', [build(support)], bare);
  return Object.fromEntries(
    packages.map(({ name, files }) => [
      name.replace('kernel-default', '').replace('-', ''),
      files.flatMap(({ path }) => /([^/]+)\.ko$/.exec(path)?.[1] ?? []),
    ]),
  );
}

test('where nobody says what is supported, the directory decides', () => {
  expect(placed({})).toEqual({ '': ['loop', 'ext4', 'sg'], base: ['loop', 'ext4'], extra: ['snd'], optional: ['can'] });
});

test('where supported.conf says so, it does', () => {
  const support = { ext4: 'unsupported', snd: 'base', loop: 'supported', can: 'unsupported', sg: 'supported' } as const;
  expect(placed(support)).toEqual({
    // sg is needed by a kernel module of the base and moves there with it.
    '': ['loop', 'sg', 'snd'],
    base: ['sg', 'snd'],
    extra: ['ext4'],
    optional: ['can'],
  });
});

test('a supported kernel module that needs an unsupported one is refused, as split-modules does', () => {
  const { code, message } = refusal(() => placed({ snd: 'supported', sg: 'unsupported' }));
  expect([code, message]).toEqual([
    'invalid',
    expect.stringContaining('kernel/sound/core/snd.ko is supported and needs kernel/lib/sg.ko, which is not'),
  ]);
});

test('a pattern of many stars takes no longer than another', () => {
  const started = performance.now();
  const supportOf = parseSupported(`+base ${'*a'.repeat(40)}b\n- drivers/x/*\n+external drivers/x/y\n`);
  expect(supportOf(`kernel/${'a'.repeat(200)}.ko`)).toBe('unsupported');
  expect([supportOf('kernel/drivers/x/y.ko'), supportOf('kernel/drivers/x/z.ko.xz')]).toEqual([
    'external',
    'unsupported',
  ]);
  expect(performance.now() - started).toBeLessThan(1000);
});
