import { Coverage, type Payload } from '#audit';
import { InputError, nearest } from '#errors';
import { nevra } from '#rpm';
import type { ScenarioFile, ScenarioStep } from '#scenario';
import { inFile } from './in-file.js';

/**
 * Refuses names that nothing in the whole scenario answers to, in reach or not: a request for one would be "unsolvable", and an expectation that
 * it does not come would always be met, for no other reason than a mistyped letter. A step that expects to be unsolvable may ask for anything.
 *
 * @throws InputError `missing`
 */
export async function refuseUnknownNames(file: ScenarioFile, payloads: readonly Payload[]): Promise<void> {
  const { steps, rootKernelModules } = file.scenario;
  const names = new Names(payloads);
  for (const [index, step] of steps.entries()) {
    for (const { path, text, known } of statedIn(step)) {
      await inFile(file, ['steps', index, ...path], () => names.refuse(text, known));
    }
  }
  if (rootKernelModules.length === 0) return;
  const coverage = new Coverage(payloads);
  for (const [index, name] of rootKernelModules.entries()) {
    if (coverage.mounts({ devices: [], kernelModules: [name] }, [])) continue;
    const missing = new InputError('missing', `no kernel build here has a kernel module "${name}"`, {
      hint: 'write its name or an alias, and take it into `kernelModules` where there are some',
    });
    await inFile(file, ['rootKernelModules', index], () => Promise.reject(missing));
  }
}

interface StatedName {
  readonly path: readonly PropertyKey[];
  readonly text: string;
  /** Whether it may be anything that some package provides, or must be the name of a package. */
  readonly known: 'capability' | 'package';
}

function statedIn({ request, expect }: ScenarioStep): StatedName[] {
  const { transaction = {}, status } = expect;
  const requested = status === 'unsolvable' ? [] : request.names;
  return [
    ...requested.map((text, position) => ({
      path: ['request', 'names', position],
      text: text.split(/\s*[<>=]/)[0]?.trim() ?? text,
      known: 'capability' as const,
    })),
    ...(['installs', 'doesNotInstall', 'erases', 'doesNotErase'] as const).flatMap((key) =>
      (transaction[key] ?? []).map((text, position) => ({
        path: ['expect', 'transaction', key, position],
        text,
        known: 'package' as const,
      })),
    ),
  ];
}

class Names {
  readonly #packages: ReadonlySet<string>;
  readonly #all: ReadonlySet<string>;

  constructor(payloads: readonly Payload[]) {
    const packages = payloads.map((payload) => payload.package);
    this.#packages = new Set(packages.flatMap((pkg) => [pkg.name, nevra(pkg)]));
    const provided = packages.flatMap(({ name, arch, provides }) => [
      `${name}.${arch}`,
      ...provides.map((provide) => provide.name),
    ]);
    this.#all = new Set([...this.#packages, ...provided]);
  }

  refuse(text: string, known: StatedName['known']): void {
    const names = known === 'package' ? this.#packages : this.#all;
    // Rich dependencies and files are left to the solver.
    if (names.has(text) || (known === 'capability' && /^[(/]/.test(text))) return;
    const guess = nearest(text, [...names]);
    throw new InputError('missing', `no repository of this scenario has "${text}"`, {
      hint: guess === null ? 'look the names up with kmplab generate' : `write "${guess}"`,
    });
  }
}
