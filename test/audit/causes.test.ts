import { beforeAll, describe, expect, it } from 'vitest';
import { audit, defaultLoaderPolicy, type Payload, payloadFinder } from '#audit';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import type { AuditedKernel } from '#run-document';
import { kernel } from '../support/kernel.js';

function payloads(build: KernelBuild): Payload[] {
  return packageBuilds('modular', [build], { patterns: false }).packages.map(payloadFinder(build));
}

/** Everything of an older build, and the image of a newer one: an update of the kernel alone. */
function afterUpdate(older: KernelBuild, newer: KernelBuild): AuditedKernel {
  const image = payloads(newer).filter((one) => one.kernel !== null);
  const machine = { offered: [], devices: [], policy: defaultLoaderPolicy, root: null };
  const audited = audit({ ...machine, installed: [...payloads(older), ...image], causes: true });
  const found = audited.kernels.find(({ release }) => release === newer.release);
  if (found === undefined) throw new Error(`${newer.release} was not audited`);
  return found;
}

/** Kernel modules that import a symbol, and all that import from one of these: from the build, step by step until nothing is new. */
function blastOf(symbol: string, { modules }: KernelBuild): { direct: number; through: number } {
  const stopped = new Set(modules.filter(({ imports }) => imports.some(({ name }) => name === symbol)));
  const direct = stopped.size;
  for (let before = -1; before !== stopped.size; ) {
    before = stopped.size;
    const gone = new Set([...stopped].flatMap(({ exports }) => exports.map(({ name }) => name)));
    for (const one of modules) if (one.imports.some(({ name }) => gone.has(name))) stopped.add(one);
  }
  return { direct, through: stopped.size - direct };
}

describe('the symbols behind refused kernel modules', () => {
  const modules = {
    core: { exports: { core_add: 7 }, imports: ['kfree', 'skb'] },
    nic: { imports: ['core_add'] },
    late: { imports: ['core_add', 'kfree'] },
    alone: { imports: ['kfree'] },
  };
  const build = (release: string, skb: number) => kernel({ release, image: { kfree: 1, skb }, modules });

  it('count who imports them, and who imports from those', () => {
    const { symbolRefusals } = afterUpdate(build('6.1.0-1-default', 2), build('6.1.0-2-default', 3));
    expect(symbolRefusals).toMatchObject({ kernelModules: 3, causes: { total: 1 } });
    expect(symbolRefusals?.causes.first[0]).toMatchObject({
      cause: { kind: 'symbol', symbol: 'skb', kernel: '6.1.0-2-default' },
      direct: 1,
      through: 2,
    });
  });

  it('are none where the kABI is kept, and are not looked for unless asked', () => {
    const same = [build('6.1.0-1-default', 2), build('6.1.0-2-default', 2)] as const;
    expect(afterUpdate(...same).symbolRefusals).toEqual({ kernelModules: 0, causes: { first: [], total: 0 } });
    const installed = payloads(same[0]);
    const machine = { installed, offered: [], devices: [], policy: defaultLoaderPolicy, root: null };
    expect(audit(machine).kernels[0]?.symbolRefusals).toBeNull();
  });
});

describe('on real builds', { timeout: 120_000 }, () => {
  let builds: readonly KernelBuild[] = [];
  beforeAll(async () => {
    builds = await Promise.all(['52', '53'].map((abi) => loadBuiltinKernel(`debian-6.1.0-${abi}-amd64`)));
  }, 120_000);

  it('each count is what the build itself says, and the widest comes first', () => {
    const [older, newer] = builds;
    if (older === undefined || newer === undefined) throw new Error('no builds');
    const refusals = afterUpdate(older, newer).symbolRefusals;
    // 2,708 is what the page on methods states for this update.
    expect(refusals?.kernelModules).toBe(2708);
    const listed = refusals?.causes.first ?? [];
    const radii = listed.map(({ direct, through }) => direct + through);
    expect(radii).toEqual([...radii].sort((a, b) => b - a));
    for (const { cause, direct, through } of listed.slice(0, 5)) {
      if (cause.kind !== 'symbol') throw new Error(cause.kind);
      expect({ ...cause, direct, through }).toEqual({ ...cause, ...blastOf(cause.symbol, older) });
    }
  });
});
