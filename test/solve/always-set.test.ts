import { describe, expect, it } from 'vitest';
import { solveOn, told } from '../support/machine.js';

/** What libzypp tells libsolv with every request, whatever is asked for. */

describe('a package that was split', () => {
  // libsolv-bindings(3), SOLVER_FLAG_SPLITPROVIDES: "special provides of the form <packagename>:<path> used in SUSE systems to support
  // package splits". Nothing else asks for the new half.
  const split = (path: string) => ({
    installed: { 'tools-1-1': { files: ['/usr/bin/tool', '/usr/bin/extra'] } },
    repository: {
      'tools-2-1': { files: ['/usr/bin/tool'] },
      'tools-extra-2-1': { files: ['/usr/bin/extra'], provides: [`tools:${path}`] },
    },
  });
  const updated = ['+ tools-2-1', '- tools-1-1'];

  it('is updated to both halves where the new one says which file it took', async () => {
    expect(told(await solveOn(split('/usr/bin/extra'), { verb: 'up' }))).toEqual([
      '+ tools-2-1',
      '+ tools-extra-2-1',
      '- tools-1-1',
    ]);
  });

  it('is updated alone where the file is none of the installed package', async () => {
    expect(told(await solveOn(split('/usr/bin/other'), { verb: 'up' }))).toEqual(updated);
  });
});

// The cases of libsolv's test/testcases/blacklist, retracted.t and ptf.t.
describe.each([
  ['an update that was retracted', 'retracted-patch-package()'],
  ['the master package of a program temporary fix', 'ptf()'],
])('%s', (_what, capability) => {
  const offered = (provides: readonly string[]) => ({
    installed: { 'b-1-1': {} },
    repository: { 'b-1-1': {}, 'b-2-1': { provides }, 'needs-b-1-1': { requires: ['b = 2'] } },
  });

  it.each(['up', 'dup'] as const)('is not taken by %s', async (verb) => {
    expect(told(await solveOn(offered([]), { verb }))).toEqual(['+ b-2-1', '- b-1-1']);
    expect(told(await solveOn(offered([capability]), { verb }))).toEqual([]);
  });

  it('is not pulled in by what needs it', async () => {
    const request = { verb: 'in', names: ['needs-b'] } as const;
    expect(told(await solveOn(offered([]), request))).toEqual(['+ b-2-1', '+ needs-b-1-1', '- b-1-1']);
    expect(told(await solveOn(offered([capability]), request))).toContain('unsolvable');
  });
});
