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
});
