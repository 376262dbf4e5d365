import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

/** Rows of the table of planted bugs: the file of a test, and its name as the file spells it. */
async function rows(): Promise<[string, string][]> {
  const page = await readFile('docs/tests.md', 'utf8');
  return [...page.matchAll(/\| `(test\/[^`]+)` *\| (.+?) *\|$/gm)].map(([, file = '', name = '']) => [file, name]);
}

it('each planted bug names a test that is there', async () => {
  const all = await rows();
  expect(all.length).toBeGreaterThan(10);
  for (const [file, name] of all) expect(await readFile(file, 'utf8'), file).toContain(`'${name}'`);
});
