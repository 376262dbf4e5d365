import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '../../src');

/** What is left of a file's imports at run time: type-only ones are gone. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\s)[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm);
  return [...statements].map(([, from, bare]) => from ?? bare ?? '');
}

it('runs in a browser: nothing it loads, directly or not, asks for Node.js or a package', async () => {
  const reached = new Set([join(src, 'tell/index.ts')]);
  const outside = new Set<string>();
  for (const file of reached) {
    for (const name of await importsOf(file)) {
      if (name.startsWith('#')) reached.add(join(src, name.slice(1), 'index.ts'));
      else if (name.startsWith('.')) reached.add(join(dirname(file), name.replace(/\.js$/, '.ts')));
      else outside.add(name);
    }
  }
  expect([...outside]).toEqual([]);
  expect(reached.size).toBeGreaterThan(2);
});
