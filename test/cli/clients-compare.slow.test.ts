import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparisonSchema } from '#run-document';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** A copy of the pinned libsolv whose ordering traps where a transaction has more than so many steps. */
async function trapping(directory: string, steps: number): Promise<string> {
  const unpacked = join('wasm', 'build', 'src');
  const pinned = (await readdir(unpacked)).find((name) => /^libsolv-0\.7\.32-[0-9a-f]{12}$/.test(name));
  expect(pinned).toBeDefined();
  const tree = join(directory, 'libsolv');
  await cp(join(unpacked, pinned ?? ''), tree, { recursive: true });
  const file = join(tree, 'src', 'order.c');
  const text = await readFile(file, 'utf8');
  const changed = text.replace(
    /(^transaction_order\(Transaction \*trans, int flags\)\n\{[\s\S]*?\n\n)/m,
    `$1  if (trans->steps.count > ${steps})\n    __builtin_trap();\n`,
  );
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
  return tree;
}

describe('kmplab compare --libsolv', () => {
  it('goes on where a module traps in the middle, and says so in a line', async () => {
    const directory = await temporaryDirectory();
    const scenario = await smallLab(directory);
    const tree = await trapping(directory, 2);
    const asked = ['compare', '--libsolv', '0.7.32', tree, scenario, '--pairs', '5'];
    const { code, out } = await cli(...asked);
    expect(out).toContain('the second has no answer');
    expect(code).toBe(1);
    const { steps } = comparisonSchema.parse(JSON.parse((await cli(...asked, '--json')).out));
    // The fresh install has four steps, the update one.
    expect(steps.map(({ answer, samples }) => [answer.state, samples.length > 0])).toEqual([
      ['missing', false],
      ['same', true],
    ]);
  });

  it('finds nothing between a libsolv and itself but what nobody can tell', async () => {
    const directory = await temporaryDirectory();
    const scenario = await smallLab(directory);
    const asked = [
      'compare',
      '--libsolv',
      '0.7.32',
      '0.7.32',
      scenario,
      '--pairs',
      '5',
      '--fail-on',
      'answers',
      'work',
    ];
    expect(await cli(...asked)).toMatchObject({ code: 0 });
  });
});

describe('kmplab compare --ref', () => {
  it('builds another commit beside this one, and compares answers and time', async () => {
    const asked = ['compare', '--ref', 'HEAD', 'scenarios/real/unrelated-package.yaml', '--pairs', '5', '--json'];
    const { code, out } = await cli(...asked, '--fail-on', 'answers');
    expect(code).toBe(0);
    const { of, a, steps, timing } = comparisonSchema.parse(JSON.parse(out));
    expect([of, a.name, a.kmplab.commit?.length]).toEqual(['commit', 'HEAD', 40]);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every(({ samples }) => samples.length > 0)).toBe(true);
    expect(timing?.pairs).toBe(5);
  });
});
