import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it("has every job, flag, rule type, selection, step and result that libsolv's own headers and testcases name", () => {
  const script = fileURLToPath(new URL('../tools/surface.mjs', import.meta.url));
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  expect(printed).toMatch(/ 16 jobs\n.* 29 rule types\n.* 0 names differ\n$/s);
});
