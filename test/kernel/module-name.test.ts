import { expect, it } from 'vitest';
import { installedModuleFile, moduleFileName, moduleName, modulePathStem } from '#kernel';

it.each([
  ['kernel/fs/nfs_common/nfs-acl.ko.xz', 'kernel/fs/nfs_common/nfs-acl', 'nfs-acl', 'nfs_acl'],
  ['updates/snd-hda-intel.ko', 'updates/snd-hda-intel', 'snd-hda-intel', 'snd_hda_intel'],
  ['nic.ko.zst', 'nic', 'nic', 'nic'],
  ['kernel/a.ko.d/b.ko', 'kernel/a.ko.d/b', 'b', 'b'],
])('%s is called %s by its place, %s by its file, %s by modprobe', (path, stem, file, name) => {
  expect([modulePathStem(path), moduleFileName(path), moduleName(path)]).toEqual([stem, file, name]);
});

it('a file of a package, a tree or an archive is a kernel module by its directory and its suffix', () => {
  const found = { release: '6.1.0-1-default', path: 'kernel/fs/ext4/ext4.ko.xz' };
  for (const root of ['/lib', '/usr/lib', 'lib', 'usr/lib']) {
    expect(installedModuleFile(`${root}/modules/6.1.0-1-default/kernel/fs/ext4/ext4.ko.xz`)).toEqual(found);
  }
  const others = [
    '/lib/modules/6.1/modules.dep',
    '/lib/modules/ext4.ko',
    '/opt/lib/modules/6.1/a.ko',
    '/lib/modules/6.1/a.ko.debug',
  ];
  expect(others.map(installedModuleFile)).toEqual(others.map(() => null));
});
