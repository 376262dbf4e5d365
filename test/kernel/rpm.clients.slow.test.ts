import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importKernel } from '#kernel';
import { koFile } from '../support/elf.js';

const run = promisify(execFile);
const hasRpmbuild = await run('rpmbuild', ['--version']).then(
  () => true,
  () => false,
);

const spec = `Name: usbcore-kmp-default
Version: 6.4.0
Release: 21
Summary: test
License: GPL-2.0-only
%description
test
%install
mkdir -p %{buildroot}/lib/modules/6.4.0-21-default/kernel
cp %{module} %{buildroot}/lib/modules/6.4.0-21-default/kernel/usbcore.ko
%files
/lib/modules
`;

describe.skipIf(!hasRpmbuild)('packages that rpmbuild made (apt-get install rpm)', () => {
  let room: string;
  beforeAll(async () => {
    room = await mkdtemp(join(tmpdir(), 'kmplab-rpmbuild-'));
    await writeFile(
      join(room, 'usbcore.ko'),
      koFile({ exports: [{ name: 'usb_register', crc: 0xaa }], modinfo: ['license=GPL'] }),
    );
    await writeFile(join(room, 'test.spec'), spec);
  });
  afterAll(async () => rm(room, { recursive: true, force: true }));

  // What openSUSE Tumbleweed and Fedora, older SUSE and Red Hat releases, and very old ones use.
  test.each(['w19.zstdio', 'w6.xzdio', 'w9.gzdio'])('are read with the payload %s', async (payload) => {
    const output = join(room, payload);
    await mkdir(output);
    const defines = {
      _topdir: join(room, 'top'),
      _rpmdir: output,
      _binary_payload: payload,
      module: join(room, 'usbcore.ko'),
      __os_install_post: '%{nil}',
      _build_id_links: 'none',
      debug_package: '%{nil}',
    };
    const options = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
    await run('rpmbuild', ['-bb', '--quiet', ...options, join(room, 'test.spec')]);
    const [arch] = await readdir(output);
    const build = await importKernel([join(output, arch ?? '')]);
    expect(build).toMatchObject({ release: '6.4.0-21-default', upstreamVersion: '6.4.0', revision: '21' });
    expect(build.modules.map(({ name, exports }) => [name, exports.length])).toEqual([['usbcore', 1]]);
  });
});
