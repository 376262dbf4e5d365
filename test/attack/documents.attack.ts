import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { decompress } from '#files';
import { primaryOf, writeRawRepository } from '../support/raw-repository.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';
import { assault, oneOf, timeout } from './assault.js';
import { command } from './command.js';
import { damaged } from './damage.js';
import { changed } from './values.js';

/** Everything that people or earlier commands hand the lab: each is damaged, and read by the command that takes it. */
test('documents', { timeout }, async () => {
  const directory = await temporaryDirectory();
  const scenario = await smallLab(directory);
  const run = join(directory, 'run.json');
  const baseline = join(directory, 'baseline.json');
  await command('run', scenario, '--samples', '0', '--jobs', '1', '-o', directory);
  await command('gate', run, '--write-baseline', baseline, '--json').catch(() => 'done');
  const list = join(directory, 'list');
  await writeFile(list, 'kernel-default-6.1.0-1.x86_64\nbash-5-1.x86_64\tSUSE\n');
  const history = join(directory, 'history.yaml');
  await writeFile(
    history,
    `name: small\ndescription: two builds\nchain:\n  - { kernel: ${directory}/one.kernel, date: 2026-01-01 }\n  - { kernel: ${directory}/two.kernel, date: 2026-02-01 }\ndrivers:\n  - { name: acme, vendor: ACME, like: nvme, version: "1", lagDays: 21 }\n`,
  );
  const repository = join(directory, 'repository');
  await writeRawRepository(repository, { primary: primaryOf() });
  const damagedFile = join(directory, 'damaged');
  const commands: readonly (readonly [string, (file: string) => readonly string[]])[] = [
    [run, (file) => ['report', file, '--single-file', '-o', '-']],
    [run, (file) => ['gate', file, '--baseline', baseline]],
    [baseline, (file) => ['gate', run, '--baseline', file]],
    [join(directory, 'one.kernel'), (file) => ['kernel', 'show', file, '--json']],
    [join(directory, 'two.kernel'), (file) => ['kernel', 'show', join(directory, 'one.kernel'), file]],
    [history, (file) => ['kernel', 'history', file]],
    [list, (file) => ['audit', '--rpm-list', file, '--repo', repository]],
    [join(directory, 'hardware.yaml'), (file) => ['solve', 'in', 'a', '--repo', repository, '--hardware', file]],
  ];
  const contents = new Map<string, Uint8Array>();
  // Unpacked: of what is packed, nearly all damage ends at the packing.
  for (const [file] of commands)
    contents.set(file, await decompress(new Uint8Array(await readFile(file)), { file, limitBytes: 2 ** 30 }));
  // What is refused as it is would say nothing of its reader.
  for (const [file, args] of commands)
    if ((await command(...args(file))) === 'refused') throw new Error(`${args(file).join(' ')} is refused undamaged`);
  await assault('documents', async (random) => {
    const [file, args] = oneOf(random, commands);
    const content = contents.get(file) ?? new Uint8Array(0);
    await writeFile(damagedFile, file === list ? damaged(content, random) : changed(content, random));
    return command(...args(damagedFile));
  });
});
