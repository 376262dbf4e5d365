import { describe, expect, it } from 'vitest';
import { type Preference, type Statement, type Why, whySchema } from '#run-document';
import type { Asked, MachineSpec } from '../../support/machine.js';
import { statements } from '../../support/reasons.js';
import { whyOn } from '../../support/why.js';

const nicAlias = 'pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00';
const supplements = ['modalias(kernel-default:pci:v00008086d000015BEsv*sd*bc*sc*i*)'];
const parallel = ['multiversion(kernel)'];

type Answer = [string, Statement[]][];

/** Each version as `state nevra`, and its statements, the one that it is absent left out; all of them without architecture. */
function told({ packages }: Why): Answer {
  const short = JSON.parse(JSON.stringify(packages).replaceAll('.x86_64', '')) as Why['packages'];
  return short.map(({ state, nevra, reasons }) => [
    `${state} ${nevra}`,
    statements(reasons).slice(state === 'absent' ? 1 : 0),
  ]);
}

async function ask(situation: MachineSpec, request: Asked, name: string): Promise<Answer> {
  return told((await whyOn(situation, request, name)).why);
}

const asked = (verb: string, name: string, what: string, action: 'install' | 'erase' = 'install'): Statement => ({
  kind: 'asked',
  asker: { kind: 'request', verb, name },
  action,
  what,
});
const one = (dependency: string) => ({ dependencies: [dependency], dependenciesTotal: 1 });
const requires = (by: string, dependency: string, provider: string): Statement => ({
  kind: 'requires',
  by,
  ...one(dependency),
  providers: 1,
  provider,
});

const chain = { 'a-1-1': { requires: ['b >= 2'] }, 'b-2-1': { requires: ['c'] }, 'c-1-1': {}, 'd-1-1': {} };

describe('why a package is there', () => {
  it('is the chain of requires back to who asked', async () => {
    expect(await ask({ repository: chain }, { verb: 'in', names: ['a'] }, 'c')).toEqual([
      [
        'comes c-1-1',
        [requires('b-2-1', 'c', 'c-1-1'), requires('a-1-1', 'b >= 2', 'b-2-1'), asked('in', 'a', 'a-1-1')],
      ],
    ]);
  });

  it('is told at both ends where the chain has 2,000 links', { timeout: 60_000 }, async () => {
    const links = Array.from({ length: 2000 }, (_, index) => [`p${index}-1-1`, { requires: [`p${index + 1}`] }]);
    const repository = { ...Object.fromEntries(links), 'p2000-1-1': {} };
    const { why } = await whyOn({ repository }, { verb: 'in', names: ['p0'] }, 'p2000');
    expect(whySchema.parse(why)).toEqual(why);
    const [answer] = told(why);
    expect(answer?.[1][0]).toEqual(requires('p1999-1-1', 'p2000', 'p2000-1-1'));
    expect(answer?.[1]).toContainEqual({ kind: 'leftOut', statements: 1961 });
    expect(answer?.[1].at(-1)).toEqual(asked('in', 'p0', 'p0-1-1'));
  });

  it('is the hardware that it supplements, with the device', async () => {
    const repository = { 'kernel-default-5-1': {}, 'nic-5-1': { supplements } };
    const situation = { repository, modaliases: ['usb:v1', nicAlias] };
    expect(await ask(situation, { verb: 'in', names: ['kernel-default'] }, 'nic')).toEqual([
      [
        'comes nic-5-1',
        [
          {
            kind: 'supplements',
            by: 'nic-5-1',
            ...one('(kernel-default and namespace:modalias(pci:v00008086d000015BEsv*sd*bc*sc*i*))'),
          },
          asked('in', 'kernel-default', 'kernel-default-5-1'),
          { kind: 'hardware', modalias: nicAlias },
        ],
      ],
    ]);
  });

  it('is that it was there before, and who there needs it', async () => {
    const situation = {
      installed: { 'a-1-1': { requires: ['b'] }, 'b-1-1': {} },
      repositories: { r: { 'x-1-1': {} } },
    };
    const [first] = await ask(situation, { verb: 'in', names: ['x'] }, 'b');
    expect(first?.[0]).toBe('stays b-1-1');
    expect(first?.[1][0]).toMatchObject({ kind: 'kept', package: 'b-1-1' });
    const needed = { kind: 'needed', by: 'a-1-1', byInstalled: true, package: 'b-1-1', dependency: 'b', others: 0 };
    expect(first?.[1]).toContainEqual(needed);
  });

  it('is said of what goes as well', async () => {
    const situation = { installed: { 'a-1-1': { requires: ['b'] }, 'b-1-1': {} } };
    expect(await ask(situation, { verb: 'rm', names: ['b'] }, 'a')).toEqual([
      ['goes a-1-1', [requires('a-1-1', 'b', 'b-1-1'), asked('rm', 'b', 'b-1-1', 'erase')]],
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
          { kind: 'noHardware', package: 'nic-5-1', patterns: 1 },
          { kind: 'unneeded', package: 'nic-5-1', names: [], namesTotal: 0 },
          { kind: 'possible', package: 'nic-5-1', steps: ['lib-1-1'], stepsTotal: 1 },
        ],
      ],
    ]);
  });

  it('is what it supplements, where that is not installed', async () => {
    const repository = { 'x-1-1': {}, 'nic-5-1': { supplements } };
    const situation = { repository, modaliases: [nicAlias] };
    const [first] = await ask(situation, { verb: 'in', names: ['x'] }, 'nic');
    expect(first?.[1][0]).toMatchObject({
      kind: 'notSupplemented',
      dependencies: [expect.stringMatching(/^\(kernel-default and namespace:modalias\(/)],
    });
  });

  it('is the gap that libsolv finds when it is asked for', async () => {
    const repository = { 'x-1-1': {}, 'a-1-1': { requires: ['b'] }, 'b-1-1': { requires: ['gone'] } };
    const [first] = await ask({ repository }, { verb: 'in', names: ['x'] }, 'a');
    expect(first?.[1].slice(0, 3)).toEqual([
      { kind: 'asked', asker: { kind: 'question' }, action: 'install', what: 'a-1-1' },
      requires('a-1-1', 'b', 'b-1-1'),
      { kind: 'nothingProvides', by: 'b-1-1', asker: null, ...one('gone') },
    ]);
  });

  it('is the conflict with what the request brings', async () => {
    const repository = { 'x-1-1': { conflicts: ['a'] }, 'a-1-1': {} };
    const [first] = await ask({ repository }, { verb: 'in', names: ['x'] }, 'a');
    expect(first?.[1]).toContainEqual({ kind: 'conflicts', by: 'x-1-1', with: 'a-1-1', ...one('a') });
  });

  it('is a lock', async () => {
    const situation = { repositories: { r: { 'x-1-1': {}, 'a-1-1': {} } }, machine: { locks: ['a*'] } };
    const [first] = await ask(situation, { verb: 'in', names: ['x'] }, 'a');
    expect(first?.[1]).toContainEqual({ kind: 'locked', holds: 'out', what: 'a-1-1' });
  });

  it('is libsolv itself, where another version of a supplemented KMP is there', async () => {
    const old = { 'kernel-default-5-1': { provides: parallel }, 'nic-5-1': { provides: parallel, supplements } };
    const update = { 'kernel-default-6-1': { provides: parallel }, 'nic-6-1': { provides: parallel, supplements } };
    const situation = { installed: old, repositories: { update }, modaliases: [nicAlias] };
    const answer = await ask(situation, { verb: 'in', names: ['kernel-default'] }, 'nic');
    expect(answer.map(([state]) => state)).toEqual(['stays nic-5-1', 'absent nic-6-1']);
    expect(answer[1]?.[1]).toContainEqual(
      expect.objectContaining({ kind: 'withheld', why: 'otherVersion', other: 'nic-5-1' }),
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
    expect(first?.[1][0]).toMatchObject({ kind: 'withheld', why: 'before' });
    const [later] = await ask(situation, { verb: 'inr' }, 'nic');
    expect(later?.[0]).toBe('comes nic-5-1');
  });
});

describe('why not this version', () => {
  const outranked = (nevra: string, by: string, byInstalled: boolean, preference: Preference): Statement => ({
    kind: 'outranked',
    package: nevra,
    by,
    byInstalled,
    preference,
  });
  const versions = { repositories: { r: { 'a-1-1': {}, 'a-2-1': {} } } };

  it('is that a higher one was taken', async () => {
    expect((await ask(versions, { verb: 'in', names: ['a'] }, 'a = 1'))[0]).toMatchObject([
      'absent a-1-1',
      expect.arrayContaining([outranked('a-1-1', 'a-2-1', false, { kind: 'version' })]),
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
        outranked('a-2-1', 'a-1-1', false, {
          kind: 'priority',
          repository: 'high',
          priority: 90,
          overRepository: 'low',
          overPriority: 99,
        }),
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
      expect.arrayContaining([outranked('a-2-1', 'a-1-1', true, { kind: 'vendor', vendor: 'us', overVendor: 'them' })]),
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
                {
                  kernel: '5-default',
                  changed: 1,
                  examples: [{ symbol: 'netif_rx', wanted: 0xbb, found: 0xaa }],
                },
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
