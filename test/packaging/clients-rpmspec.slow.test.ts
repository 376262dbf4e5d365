import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageBuilds, readyDesigns, renderSpec } from '#packaging';
import { driverStack } from '../support/package-set.js';

/** Debian's releases have two dashes, and rpm takes one in a version. */
const build = { ...driverStack, release: '6.1.0-53-default' };

test.each(readyDesigns().flatMap(({ name }) => (name === 'split' ? [[name], ['split layout=fedora']] : [[name]])))(
  'rpmspec takes the spec of %s and lists its packages',
  async (scheme) => {
    const made = packageBuilds(scheme, [build], { patterns: false });
    const directory = await mkdtemp(join(tmpdir(), 'kmplab-spec-'));
    try {
      const file = join(directory, 'kernel.spec');
      await writeFile(file, renderSpec(made, { name: 'kernel-lab', dependencies: 'computed', files: true }));
      const query = [
        '-q',
        '--queryformat',
        '%{NAME}-%{VERSION}-%{RELEASE}\\n',
        '--define',
        'modules_root /nowhere',
        file,
      ];
      const { stdout } = await promisify(execFile)('rpmspec', query);
      const names = made.packages.map(({ name, evr }) => `${name}-${evr.version}-${evr.release}`);
      expect(stdout.trim().split('\n').sort()).toEqual(expect.arrayContaining(names.sort()));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
);
