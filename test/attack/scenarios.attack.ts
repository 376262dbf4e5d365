import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { runDocumentSchema } from '#run-document';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';
import { assault, timeout } from './assault.js';
import { changed } from './values.js';

/** Of one run: starting it takes longer than a scenario does. */
const badOnes = 16;

/** Damaged scenarios beside a good one: whatever is wrong with them, the good one is still run. */
test('scenarios', { timeout }, async () => {
  const directory = await temporaryDirectory();
  const good = await smallLab(directory);
  const content = new Uint8Array(await readFile(good));
  const bad = Array.from({ length: badOnes }, (_, index) => join(directory, `bad${index}.yaml`));
  await assault('scenarios', async (random) => {
    for (const file of bad) await writeFile(file, changed(content, random));
    const { code, out, err } = await cli('run', good, ...bad, '--samples', '0', '--jobs', '1', '--json');
    const said = `exit ${code}: ${err.slice(0, 3000)}`;
    if (out === '') throw new Error(`the run was lost: ${said}`);
    const { scenarios } = runDocumentSchema.parse(JSON.parse(out));
    if (scenarios.find(({ file }) => file === good)?.status !== 'passed')
      throw new Error(`the good one was lost: ${said}`);
    if (code === 3) throw new Error(said);
    return bad.map((bad) => scenarios.find(({ file }) => file === bad)?.status ?? 'no scenario');
  });
});
