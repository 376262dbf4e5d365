import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listFilesSorted } from '#files';
import { ended, startShell } from '../support/process.js';
import { temporaryDirectory } from '../support/temporary.js';
import { memoryMaxBytes, slowestMs } from './assault.js';
import { bombs } from './bombs.js';

/** Makes a process tell at its end how much memory it came to, in KiB. */
const tellMemory = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('\\nmost memory ' + process.resourceUsage().maxRSS + '\\n'))",
)}`;

/** Each in full size and in a process of its own, as a user would meet it. */
test.each(bombs)('$what', { timeout: 5 * slowestMs }, async ({ what, args }) => {
  const directory = join(await temporaryDirectory(), 'bomb');
  await mkdir(directory);
  const words = await args(directory);
  const started = performance.now();
  const line = `kmplab ${words.join(' ')}`;
  const { code, err } = await ended(startShell(line, { NODE_OPTIONS: `--import=${tellMemory}` }));
  const elapsed = performance.now() - started;
  const memory = Number(/most memory (\d+)/.exec(err)?.[1] ?? 'NaN') * 1024;
  const said = err.split('\n')[0] ?? '';
  process.stdout.write(
    `| ${what} | ${await bytesOf(directory)} | ${code} | ${Math.round(elapsed / 100) / 10} s | ${Math.round(memory / 2 ** 20)} MiB | ${said}\n`,
  );
  expect([0, 1, 2]).toContain(code);
  expect(memory).toBeLessThan(memoryMaxBytes);
  expect(elapsed).toBeLessThan(slowestMs);
  await rm(dirname(directory), { recursive: true, force: true });
});

async function bytesOf(directory: string): Promise<number> {
  const files = await listFilesSorted(directory);
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(directory, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
