import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGateFile } from '#gate';
import { temporaryDirectory } from '../support/temporary.js';

describe('docs/ci.md', () => {
  it('has settings that the gate reads', async () => {
    const [, body = ''] = /^```yaml gate\n([\s\S]*?)^```$/m.exec(await readFile('docs/ci.md', 'utf8')) ?? [];
    const file = join(await temporaryDirectory(), 'kmplab-gate.yaml');
    await writeFile(file, body);
    const { tolerances, rules, budgets, known } = await readGateFile(file);
    expect([Object.keys(tolerances).length, rules.length, budgets.length, known.length]).toEqual([2, 3, 1, 1]);
  });
});
