import { describe, expect, test } from 'vitest';
import { packageBuilds, readyDesigns } from '#packaging';
import { nevra } from '#rpm';
import { bare, driverStack, names, texts } from '../support/package-set.js';

describe('every scheme', () => {
  const cases = readyDesigns().map((scheme) => [scheme.name, scheme] as const);

  test.each(cases)(
    '%s puts every kernel module into exactly one package, under its own path or where external ones go',
    (name) => {
      const paths = packageBuilds(name, [driverStack]).packages.flatMap(({ files }) => files.map(({ path }) => path));
      const held = paths.filter((path) => path.endsWith('.ko')).sort();
      const places: Readonly<Record<string, string>> = {
        'suse-kmp': 'updates',
        'rhel-kmod': 'extra',
        'fedora-kmod': 'extra',
      };
      const wanted = driverStack.modules
        .map(({ path }) => `/lib/modules/6.1.0-53-default/${path.replace(/^kernel/, places[name] ?? 'kernel')}`)
        .sort();
      // kernel-default-base is another kernel in the place of kernel-default: it repeats some, and they conflict.
      expect(name === 'split' ? [...new Set(held)] : held).toEqual(wanted);
    },
  );

  test.each(cases)(
    '%s gives the same value again, in order of NEVRA, with one package that carries the image',
    (name) => {
      const made = packageBuilds(name, [driverStack]);
      expect(JSON.stringify(packageBuilds(name, [driverStack]))).toBe(JSON.stringify(made));
      const nevras = made.packages.map(nevra);
      expect([...nevras].sort()).toEqual(nevras);
      const images = made.packages.filter((one) =>
        texts(one, 'provides').includes('kernel-uname-r = 6.1.0-53-default'),
      );
      expect(images.map((one) => one.name)).toHaveLength(name === 'split' ? 2 : 1);
    },
  );

  test.each(cases)('%s can be left without patterns', (name) => {
    expect(names(packageBuilds(name, [driverStack], bare)).filter((one) => one.endsWith('-all'))).toEqual([]);
    expect(names(packageBuilds(name, [driverStack]))).toContain('kernel-network-driver-all');
  });

  test.each(cases)('%s names its source', (_, { source, about }) => {
    expect(source.length).toBeGreaterThan(10);
    expect(about.length).toBeGreaterThan(10);
  });
});
