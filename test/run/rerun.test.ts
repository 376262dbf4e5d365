import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { rerunCommand } from '../../src/run/scenario/rerun.js';

/** The words that a shell makes of a command line. */
async function wordsOf(command: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `printf '%s\\n' ${command}`]);
  return stdout.split('\n').slice(0, -1);
}

describe('the command that reruns a scenario', () => {
  it.each([
    ['scenarios/real/firmware.yaml', null, null],
    ['my scenarios/a b.yaml', 'grouped grouping=directory', null],
    [`it's $HOME "here" \\ \`ls\`.yaml`, 'suse-kmp external=["a","b"]', 'kvm-guest'],
    ['a;b&c|d>(e).yaml', null, '-x y'],
  ])('says to a shell what was meant: %s', async (file, scheme, hardware) => {
    const expected = ['kmplab', 'run', file];
    if (scheme !== null) expected.push('--scheme', scheme);
    if (hardware !== null) expected.push('--hardware', hardware);
    expect(await wordsOf(rerunCommand(file, { scheme, hardware }))).toEqual(expected);
  });
});
