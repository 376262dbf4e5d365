import { describe, expect, test } from 'vitest';
import { packageBuilds, renderSpec } from '#packaging';
import { kernel } from '../support/kernel.js';

const build = kernel({
  image: { module_layout: 0x1 },
  modules: {
    e1000e: {
      path: 'kernel/drivers/net/e1000e.ko',
      imports: ['module_layout'],
      aliases: ['of:N*T*Cintel,e1000e'],
    },
  },
});
const set = packageBuilds('modular', [build], { patterns: false, hardRequires: true });
const filesOnly = { name: 'x', dependencies: 'computed', files: true } as const;
const section = (spec: string, name: string): string[] => {
  const start = spec.indexOf(`%package -n ${name}\n`);
  return spec.slice(start, spec.indexOf('%description', start)).trim().split('\n');
};

describe('an RPM spec of a package set', () => {
  test('leaves to the generators what they compute from the files', () => {
    const spec = renderSpec(set, { name: 'kernel-modular', dependencies: 'computed', files: true });
    expect(section(spec, 'e1000e-kmp-default')).toEqual([
      '%package -n e1000e-kmp-default',
      'Version: 6.1.0',
      'Release: 1',
      'Summary: Kernel module e1000e for flavor default',
      'AutoReqProv: yes',
      'Provides: e1000e-kmp = 6.1.0',
      'Provides: multiversion(kernel)',
    ]);
    expect(spec).toContain('"/lib/modules/6.1.0-1-default/kernel/drivers/net/e1000e.ko"');
  });

  test('states everything for packages without files, per cent signs doubled', () => {
    const spec = renderSpec(set, { name: 'kernel-modular', dependencies: 'stated', files: false });
    expect(section(spec, 'e1000e-kmp-default')).toEqual(
      expect.arrayContaining([
        'AutoReqProv: no',
        'Requires: ksym(default:module_layout) = 1',
        'Supplements: modalias(kernel-default:of:N*T*Cintel%%2Ce1000e)',
      ]),
    );
    expect(spec).not.toContain('e1000e.ko"');
  });

  test('leaves out tags without a value, which rpmbuild refuses', () => {
    const anonymous = { ...set, packages: set.packages.map((one) => ({ ...one, url: '', vendor: '' })) };
    const spec = renderSpec(anonymous, { name: 'x', dependencies: 'stated', files: false });
    expect(spec).not.toMatch(/^(URL|Vendor)/m);
    expect(spec).toMatch(/^Group: System\/Kernel$/m);
  });

  test('takes what goes to updates/ from kernel/, and copies nothing where nothing stays in place', () => {
    const external = packageBuilds('suse-kmp', [build], { patterns: false });
    const kmps = external.packages.filter(({ name }) => name !== 'kernel-default');
    const [, script = ''] = renderSpec({ ...external, packages: kmps }, filesOnly).split('%install\n');
    expect(script).not.toContain('xargs');
    expect(script).toMatch(/\nlib\/modules\/6\.1\.0-1-default\/updates\/drivers\/net\/e1000e\.ko\n/);
    const [, both = ''] = renderSpec(set, filesOnly).split('%install\n');
    expect(both).not.toContain('while');
    expect(both).toMatch(/xargs [^\n]*\n(boot|lib)\//);
  });

  test('refuses a path that leaves the build root', () => {
    const odd = kernel({ modules: { x: { path: 'kernel/../../../../etc/x.ko' } } });
    const packages = packageBuilds('modular', [odd], { patterns: false });
    expect(() => renderSpec(packages, { name: 'x', dependencies: 'computed', files: true })).toThrow(
      /cannot list the file/,
    );
  });

  test('refuses a path that would end its quotes', () => {
    const odd = kernel({ modules: { x: { path: 'kernel/a" /etc/passwd "/x.ko' } } });
    const packages = packageBuilds('modular', [odd], { patterns: false });
    expect(() => renderSpec(packages, { name: 'x', dependencies: 'computed', files: true })).toThrow(
      /cannot list the file/,
    );
  });

  test('refuses text that would become another line', () => {
    const broken = { ...set, packages: set.packages.map((one) => ({ ...one, summary: 'a\nRequires: b' })) };
    expect(() => renderSpec(broken, { name: 'x', dependencies: 'stated', files: false })).toThrow(/line break/);
  });
});
