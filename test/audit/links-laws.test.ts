import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payload } from '#audit';
import type { KernelBuild } from '#kernel';
import { audited, image, kmp } from '../support/installed.js';
import { type KernelModuleSpec, kernel } from '../support/kernel.js';

/** Kernel modules m0 to m5, of which each may import what an earlier one exports, so that there is no circle. */
const modulesCount = 6;

interface Drawn {
  /** Two possible checksums for each symbol: of the image and of each kernel module. */
  readonly crcs: readonly boolean[];
  /** Which earlier kernel modules each one imports from. */
  readonly needs: readonly (readonly boolean[])[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  crcs: fc.array(fc.boolean(), { minLength: modulesCount + 1, maxLength: modulesCount + 1 }),
  needs: fc.array(fc.array(fc.boolean(), { minLength: modulesCount, maxLength: modulesCount }), {
    minLength: modulesCount,
    maxLength: modulesCount,
  }),
});

function build(number: number, { crcs, needs }: Drawn): KernelBuild {
  const modules: Record<string, KernelModuleSpec> = {};
  for (let at = 0; at < modulesCount; at++) {
    const from = Array.from({ length: at }, (_, other) => other).filter((other) => needs[at]?.[other] === true);
    modules[`m${at}`] = {
      exports: { [`symbol${at}`]: crcs[at] === true ? 1 : 2 },
      imports: ['kmalloc', ...from.map((other) => `symbol${other}`)],
    };
  }
  return kernel({
    release: `6.1.0-${number}-default`,
    image: { kmalloc: crcs[modulesCount] === true ? 1 : 2 },
    modules,
  });
}

/** KMPs of one kernel module each, in updates/ of their kernel. */
function kmps(made: KernelBuild): Payload[] {
  return made.modules.map(({ name }) =>
    kmp(made, `${name}-kmp-default-${made.revision}-1`, [name], { directory: 'updates' }),
  );
}

describe.each(['weak-modules2', 'weak-modules2-any-directory'] as const)('links by %s', (weakModules) => {
  const newest = (installed: readonly Payload[]) => {
    const found = audited(installed, { policy: { weakModules } }).kernels[0];
    if (found === undefined) throw new Error('no kernel');
    return found;
  };

  it('are never refused, whatever two older kernels have, and leave nothing out that would fit alone', () => {
    let linkedOnce = 0;
    fc.assert(
      fc.property(drawn, drawn, drawn, (first, second, third) => {
        const builds = [build(1, first), build(2, second)];
        const target = image(build(3, third));
        const drivers = builds.flatMap(kmps);
        const { visible, loadable, refused, weakUpdates } = newest([...builds.map(image), target, ...drivers]);
        expect({ visible, loadable, refused }).toEqual({ visible: weakUpdates, loadable: weakUpdates, refused: 0 });
        // One that needs the image only fits or not by itself, so that its name must be linked from one of the two.
        const fitting = ['m0'].filter((name) =>
          drivers.some((one) => one.package.name.startsWith(name) && newest([target, one]).weakUpdates === 1),
        );
        expect(weakUpdates).toBeGreaterThanOrEqual(fitting.length);
        linkedOnce += weakUpdates > 1 ? 1 : 0;
      }),
      { numRuns: 150 },
    );
    // Else the law was tried on nothing.
    expect(linkedOnce).toBeGreaterThan(10);
  });

  it('do not depend on the order of installation', () => {
    fc.assert(
      fc.property(drawn, drawn, fc.infiniteStream(fc.nat()), (first, second, order) => {
        const made = build(1, first);
        const machine = [image(made), image(build(2, second)), ...kmps(made)];
        const shuffled = machine
          .map((one) => ({ one, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(newest(shuffled)).toEqual(newest(machine));
      }),
      { numRuns: 50 },
    );
  });
});
