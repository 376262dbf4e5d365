import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';

describe('the command line', () => {
  it('prints its help and succeeds', async () => {
    const { code, out } = await cli('--help');
    expect(code).toBe(0);
    expect(out).toContain('Usage: kmplab');
  });

  it('exits with 2 on a command it does not know and says how to go on', async () => {
    const { code, err } = await cli('frobnicate');
    expect(code).toBe(2);
    expect(err).toContain('frobnicate');
    expect(err).toContain('--help');
  });

  it('ends without a word where its reader leaves, as in "kmplab ... | head"', async () => {
    const child = spawn(process.execPath, ['bin/kmplab.js', 'scenario', 'schema'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect(Buffer.concat(complaints).toString()).toBe('');
    expect(code).toBe(141);
  });
});
