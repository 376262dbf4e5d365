import { describe, expect, test } from 'vitest';
import { InputError } from '#errors';
import { checkNevra, nevra, parseEvr, rpmFileName } from '#rpm';

const named = (name: string, evr: string, arch = 'x86_64') => ({ name, evr: parseEvr(evr), arch });

describe('NEVRA', () => {
  test('shows the epoch only where there is one, the file name never', () => {
    expect(nevra(named('ehci-pci-kmp-default', '5.14.21-lp154.23.1'))).toBe(
      'ehci-pci-kmp-default-5.14.21-lp154.23.1.x86_64',
    );
    expect(nevra(named('foo', '2:1-1'))).toBe('foo-2:1-1.x86_64');
    expect(rpmFileName(named('foo', '2:1-1'))).toBe('foo-1-1.x86_64.rpm');
  });

  test.each([
    ['.foo', '1-1'],
    ['foo bar', '1-1'],
    ['foo/bar', '1-1'],
    ['', '1-1'],
    ['föö', '1-1'],
    ['foo', '1'],
  ])('refuses name "%s" with version %s, as rpmbuild does', (name, evr) => {
    expect(() => checkNevra(named(name, evr))).toThrow(InputError);
  });

  test.each(['8021q-kmp-default', 'snd-hda-codec-ca0132', 'aes-x86_64', 'xt_TCPMSS', 'c++'])(
    'takes the name %s',
    (name) => {
      expect(() => checkNevra(named(name, '6.1.187-1'))).not.toThrow();
    },
  );
});
