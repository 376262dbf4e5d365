import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { debOf } from '../support/deb.js';
import { nic, plain, Room, release, symvers } from '../support/kernel-tree.js';
import { assault, oneOf, timeout } from './assault.js';
import { command } from './command.js';
import { damaged } from './damage.js';

/** Kernel modules, a Module.symvers and a Debian package, each damaged and imported. */
test('kernels', { timeout }, async () => {
  const room = await Room.open();
  const tree = await room.tree(plain);
  const inPackage = Object.fromEntries(
    Object.entries(plain).map(([path, content]) => [`./lib/modules/${release}/${path}`, content]),
  );
  const deb = await debOf({ Package: `linux-image-${release}`, Version: '6.1-1', Architecture: 'amd64' }, inPackage);
  const targets: readonly (readonly [string, Uint8Array, readonly string[]])[] = [
    [join(tree, 'kernel/drivers/net/usb/my-nic.ko'), nic, [tree]],
    [
      join(room.path, 'Module.symvers'),
      new Uint8Array(Buffer.from(symvers)),
      [join(room.path, 'Module.symvers'), tree],
    ],
    [join(room.path, 'linux-image.deb'), deb, [join(room.path, 'linux-image.deb')]],
  ];
  const out = join(room.path, 'out.kernel');
  try {
    await assault('kernels', async (random) => {
      const [file, content, sources] = oneOf(random, targets);
      await writeFile(file, damaged(content, random));
      const came = await command('kernel', 'import', ...sources, '-o', out, '--json');
      await writeFile(file, content);
      await rm(out, { force: true });
      return came;
    });
  } finally {
    await room.close();
  }
});
