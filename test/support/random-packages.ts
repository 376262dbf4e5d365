import fc from 'fast-check';
import type { PackageSpec } from './packages.js';

type Specs = Readonly<Record<string, PackageSpec>>;

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export const packageNames: readonly string[] = names;
const modaliases = ['pci:v1', 'usb:v2'];

const name = fc.constantFrom(...names);
const capability = fc.oneof(
  { weight: 6, arbitrary: name },
  { weight: 2, arbitrary: fc.tuple(name, fc.constantFrom('= 1', '>= 2', '< 2')).map((parts) => parts.join(' ')) },
  { weight: 2, arbitrary: fc.constantFrom('cap(x)', 'cap(y) = 2', 'gone') },
);
const few = (max: number, of: fc.Arbitrary<string> = capability) => fc.uniqueArray(of, { maxLength: max });
const hardware = fc
  .tuple(name, fc.constantFrom('pci:v1', 'usb:v*', 'pci:v9'))
  .map(([kernel, pattern]) => `modalias(${kernel}:${pattern})`);

const spec: fc.Arbitrary<PackageSpec> = fc.record({
  requires: few(2),
  provides: few(2, fc.constantFrom('cap(x)', 'cap(y) = 1', 'cap(y) = 2', 'multiversion(kernel)')),
  recommends: few(1),
  conflicts: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, few(1)),
  supplements: few(2, fc.oneof(hardware, name)),
});

function packageSet(versions: readonly number[]): fc.Arbitrary<Specs> {
  const all = names.flatMap((of) => versions.map((version) => `${of}-${version}-1`));
  return fc
    .tuple(...all.map((nvr) => fc.tuple(fc.constant(nvr), fc.option(spec, { freq: 3 }))))
    .map((pairs) => Object.fromEntries(pairs.flatMap(([nvr, one]) => (one === null ? [] : [[nvr, one]]))));
}

/** One NEVRA is one package: what is installed is offered as it is. */
function consistent<World extends { installed: Specs; repository: Specs }>(world: World): World {
  const offered = Object.entries(world.repository).map(([nvr, one]) => [nvr, world.installed[nvr] ?? one] as const);
  return { ...world, repository: Object.fromEntries(offered) };
}

/** A machine with some packages of six names, a repository with two versions of them, and a request. */
export const smallWorld = fc
  .record({
    installed: fc.oneof(fc.constant<Specs>({}), packageSet([1])),
    repository: packageSet([1, 2]),
    modaliases: fc.subarray(modaliases),
    verb: fc.constantFrom('in', 'in', 'up', 'inr', 'rm'),
    names: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
    noRecommends: fc.boolean(),
    locks: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, few(1, name)),
  })
  .map(consistent);
