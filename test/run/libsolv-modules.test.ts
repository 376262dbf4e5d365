import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inFreshInstance, withLibsolv } from '../../src/run/instances.js';
import { provideLibsolv } from '../../src/run/libsolv-modules.js';

const dist = (name: string) => fileURLToPath(new URL(`../../wasm/dist/${name}`, import.meta.url));

const buildOf = () => inFreshInstance((libsolv) => libsolv.version().build);

describe('work with a libsolv that was chosen', () => {
  it('has its modules, whatever other work in this process has', async () => {
    // The two builds change places, so that it shows which file was taken.
    const swapped = { release: dist('libsolv-counting.wasm'), counting: dist('libsolv.wasm') };
    const builds = await Promise.all([
      withLibsolv(swapped, async () => [await buildOf(), await buildOf()]),
      withLibsolv(null, buildOf),
      buildOf(),
    ]);
    expect(builds).toEqual([['counting', 'counting'], 'release', 'release']);
  });
});

describe('a libsolv that cannot be had', () => {
  it.each([
    ['0.1.2', 'libsolv 0.1.2 is not pinned in wasm/versions.json'],
    ['0.7.32+nothing', 'no patch "nothing" in wasm/patches; known: order-cycles, order-index, supplements-filter'],
    [fileURLToPath(new URL('.', import.meta.url)), 'is no source tree of libsolv: it has no VERSION.cmake'],
  ])('is bad input, with the reason: %s', async (spec, why) => {
    const said: string[] = [];
    await expect(provideLibsolv(spec, (line) => said.push(line))).rejects.toThrowError(
      expect.objectContaining({ name: 'InputError', message: expect.stringContaining(why) }),
    );
    expect(said).toEqual([]);
  });
});
