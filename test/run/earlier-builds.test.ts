import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKernelBuild } from '#kernel';
import { parseRunDocument } from '#run-document';
import { cli } from '../support/cli.js';
import { kernel } from '../support/kernel.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

it('packages an update knowing what the repository before it had, where a scheme looks back', async () => {
  const directory = await temporaryDirectory();
  // Only a symbol is added, so the older hash of the image's symbols still holds.
  const file = await smallLab(directory, (text) => text.replace(/steps: [14] /g, ''));
  const image = (more: Record<string, number>) => ({ module_layout: 1, ...more });
  const modules = { nvme: { imports: ['module_layout'] } };
  await writeKernelBuild(
    kernel({ release: '6.1.0-1-default', image: image({}), modules }),
    join(directory, 'one.kernel'),
  );
  await writeKernelBuild(
    kernel({ release: '6.1.0-2-default', image: image({ added: 2 }), modules }),
    join(directory, 'two.kernel'),
  );
  const { out } = await cli('run', file, '--samples', '0', '--json', '--scheme', 'symset', 'modular');
  const dependencies = (scheme: string): number[] =>
    parseRunDocument(out, 'stdout')
      .repositories.filter((one) => one.scheme === scheme)
      .map((one) => one.dependencies);
  const [older = 0, newer = 0] = dependencies('symset');
  expect(newer - older).toBe(1);
  // Under modular the one more is the symbol itself.
  const [before = 0, after = 0] = dependencies('modular');
  expect(after - before).toBe(1);
});
