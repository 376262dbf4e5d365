import { describe, expect, it } from 'vitest';
import type { Why } from '#run-document';
import type { Asked, MachineSpec } from '../../support/machine.js';
import { statements } from '../../support/reasons.js';
import { whyOn } from '../../support/why.js';

const nicAlias = 'pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00';
const supplements = ['modalias(kernel-default:pci:v00008086d000015BEsv*sd*bc*sc*i*)'];
const parallel = ['multiversion(kernel)'];

/** Each version as `state nevra`, and the sentences of its tree as a list. */
function told({ packages }: Why): [string, string[]][] {
  return packages.map(({ state, nevra, tree }) => [
    `${state} ${nevra.replace('.x86_64', '')}`,
    statements(tree)
      .slice(state === 'absent' ? 1 : 0)
      .map(({ kind, text }) => `${kind}: ${text.replaceAll('.x86_64', '')}`),
  ]);
}

async function ask(situation: MachineSpec, request: Asked, name: string): Promise<[string, string[]][]> {
  return told((await whyOn(situation, request, name)).why);
}

const chain = { 'a-1-1': { requires: ['b >= 2'] }, 'b-2-1': { requires: ['c'] }, 'c-1-1': {}, 'd-1-1': {} };

describe('why a package is there', () => {
  it('is the chain of requires back to who asked', async () => {
    expect(await ask({ repository: chain }, { verb: 'in', names: ['a'] }, 'c')).toEqual([
      [
        'comes c-1-1',
        [
          'requires: b-2-1 requires c, which only c-1-1 provides',
          'requires: a-1-1 requires b >= 2, which only b-2-1 provides',
          'asked: "zypper in a" asks for a-1-1',
        ],
      ],
    ]);
  });

  it('is the hardware that it supplements, with the device', async () => {
    const repository = { 'kernel-default-5-1': {}, 'nic-5-1': { supplements } };
    const situation = { repository, modaliases: ['usb:v1', nicAlias] };
    expect(await ask(situation, { verb: 'in', names: ['kernel-default'] }, 'nic')).toEqual([
      [
        'comes nic-5-1',
        [
          'supplements: nic-5-1 supplements (kernel-default and modalias(pci:v00008086d000015BEsv*sd*bc*sc*i*))',
          'asked: "zypper in kernel-default" asks for kernel-default-5-1',
          `hardware: this machine has ${nicAlias}`,
        ],
      ],
    ]);
  });

  it('is that it was there before, and who there needs it', async () => {
    const situation = {
      installed: { 'a-1-1': { requires: ['b'] }, 'b-1-1': {} },
      repositories: { r: { 'x-1-1': {} } },
    };
    const [[state, reasons] = ['', []]] = await ask(situation, { verb: 'in', names: ['x'] }, 'b');
    expect(state).toBe('stays b-1-1');
    expect(reasons[0]).toContain('kept: b-1-1 is installed');
    expect(reasons).toContain('requires: a-1-1, which is installed, requires b, which b-1-1 provides');
  });

  it('is said of what goes as well', async () => {
    const situation = { installed: { 'a-1-1': { requires: ['b'] }, 'b-1-1': {} } };
    expect(await ask(situation, { verb: 'rm', names: ['b'] }, 'a')).toEqual([
      [
        'goes a-1-1',
        ['requires: a-1-1 requires b, which only b-1-1 provides', 'asked: "zypper rm b" asks to remove b-1-1'],
      ],
    ]);
  });

  it('takes a capability for what provides it', async () => {
    const repository = { 'a-1-1': { provides: ['ksym(default:x) = 1f'] } };
    const [first] = await ask({ repository }, { verb: 'in', names: ['a'] }, 'ksym(default:x)');
    expect(first?.[0]).toBe('comes a-1-1');
  });
});

describe('why a package is not there', () => {
  it('is that nothing needs it and that its hardware is elsewhere; by name it would come', async () => {
    const repository = { 'kernel-default-5-1': {}, 'nic-5-1': { supplements, requires: ['lib'] }, 'lib-1-1': {} };
    const answer = await ask({ repository }, { verb: 'in', names: ['kernel-default'] }, 'nic');
    expect(answer).toEqual([
      [
        'absent nic-5-1',
        [
          'noHardware: none of the 1 hardware patterns that it supplements is a device of this machine',
          'unneeded: no package requires anything that nic-5-1 provides',
          'possible: nothing stands against it: asked for besides, it would come with 1 other step: lib-1-1',
        ],
      ],
    ]);
  });

  it('is what it supplements, where that is not installed', async () => {
    const repository = { 'x-1-1': {}, 'nic-5-1': { supplements } };
    const situation = { repository, modaliases: [nicAlias] };
    const [first] = await ask(situation, { verb: 'in', names: ['x'] }, 'nic');
    expect(first?.[1][0]).toContain('unneeded: what it supplements is not installed: (kernel-default and modalias(');
  });

  it('is the gap that libsolv finds when it is asked for', async () => {
    const repository = { 'x-1-1': {}, 'a-1-1': { requires: ['b'] }, 'b-1-1': { requires: ['gone'] } };
    const [first] = await ask({ repository }, { verb: 'in', names: ['x'] }, 'a');
    expect(first?.[1].slice(0, 3)).toEqual([
      'asked: the question asks for a-1-1',
      'requires: a-1-1 requires b, which only b-1-1 provides',
      'nothingProvides: nothing in reach provides gone, which b-1-1 requires',
    ]);
  });

  it('is the conflict with what the request brings', async () => {
    const repository = { 'x-1-1': { conflicts: ['a'] }, 'a-1-1': {} };
    const [first] = await ask({ repository }, { verb: 'in', names: ['x'] }, 'a');
    expect(first?.[1]).toContain('conflicts: x-1-1 conflicts with a, which a-1-1 provides');
  });

  it('is a lock', async () => {
    const situation = { repositories: { r: { 'x-1-1': {}, 'a-1-1': {} } }, machine: { locks: ['a*'] } };
    const [first] = await ask(situation, { verb: 'in', names: ['x'] }, 'a');
    expect(first?.[1]).toContain('locked: a lock keeps out a-1-1');
  });

  it('is libsolv itself, where another version of a supplemented KMP is there', async () => {
    const old = { 'kernel-default-5-1': { provides: parallel }, 'nic-5-1': { provides: parallel, supplements } };
    const update = { 'kernel-default-6-1': { provides: parallel }, 'nic-6-1': { provides: parallel, supplements } };
    const situation = { installed: old, repositories: { update }, modaliases: [nicAlias] };
    const answer = await ask(situation, { verb: 'in', names: ['kernel-default'] }, 'nic');
    expect(answer.map(([state]) => state)).toEqual(['stays nic-5-1', 'absent nic-6-1']);
    expect(answer[1]?.[1]).toContainEqual(
      expect.stringContaining(
        'withheld: libsolv adds no supplemented package of which another version is there (nic-5-1)',
      ),
    );
  });

  it('is that only inr looks back, and inr then brings it', async () => {
    const repository = { 'nic-5-1': { supplements }, 'x-1-1': {} };
    const situation = {
      installed: { 'kernel-default-5-1': {} },
      repository,
      modaliases: [nicAlias],
    };
    const [first] = await ask(situation, { verb: 'in', names: ['x'] }, 'nic');
    expect(first?.[1][0]).toContain('withheld: only "zypper inr" looks at what was to be supplemented before');
    const [later] = await ask(situation, { verb: 'inr' }, 'nic');
    expect(later?.[0]).toBe('comes nic-5-1');
  });
});

describe('why not this version', () => {
  const versions = { repositories: { r: { 'a-1-1': {}, 'a-2-1': {} } } };

  it('is that a higher one was taken', async () => {
    expect((await ask(versions, { verb: 'in', names: ['a'] }, 'a = 1'))[0]).toMatchObject([
      'absent a-1-1',
      expect.arrayContaining(['outranked: a-2-1 comes instead: it is the higher version']),
    ]);
  });

  it("is the other repository's priority", async () => {
    const situation = {
      repositories: { low: { 'a-2-1': {} }, high: { 'a-1-1': {} } },
      priorities: { low: 99, high: 90 },
    };
    expect((await ask(situation, { verb: 'in', names: ['a'] }, 'a = 2'))[0]).toMatchObject([
      'absent a-2-1',
      expect.arrayContaining([
        'outranked: a-1-1 comes instead: its repository high has priority 90, low has 99, and the lower number wins',
      ]),
    ]);
  });

  it('is the other vendor', async () => {
    const spec = {
      installed: { 'a-1-1': {} },
      repository: { 'a-2-1': {} },
      vendors: { '@System': 'us', repository: 'them' },
    };
    expect((await ask(spec, { verb: 'up' }, 'a = 2'))[0]).toMatchObject([
      'absent a-2-1',
      expect.arrayContaining([
        'outranked: a-1-1 stays: its vendor is "us", the newer one\'s is "them", and vendors are not changed unasked',
      ]),
    ]);
  });

  it('is a symbol with another checksum, both of them told', async () => {
    const kernel = (version: number, crc: string) => ({
      [`kernel-default-${version}-1`]: {
        provides: [`kernel-uname-r = ${version}-default`, `ksym(default:netif_rx) = ${crc}`],
      },
    });
    const nic = (version: number, crc: string) => ({
      [`nic-kmp-1.0_k${version}-1`]: { requires: [`ksym(default:netif_rx) = ${crc}`] },
    });
    const situation = { installed: { ...kernel(5, 'aa'), ...nic(5, 'aa') }, repositories: { r: nic(6, 'bb') } };
    const { why } = await whyOn(situation, { verb: 'up' }, 'nic-kmp = 1.0_k6');
    expect(why.packages[0]).toMatchObject({
      state: 'absent',
      obstacles: [
        {
          kabi: [
            {
              notFor: [
                { kernel: '5-default', changed: 1, examples: [{ symbol: 'netif_rx', wanted: 'bb', found: 'aa' }] },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe('a name that means nothing', () => {
  it('is answered with names that look like it', async () => {
    const { why, solved } = await whyOn({ repository: chain }, { verb: 'in', names: ['a'] }, 'aa');
    expect([solved, why.packagesTotal]).toEqual([true, 0]);
    expect(why.nearest).toContain('a');
  });
});
