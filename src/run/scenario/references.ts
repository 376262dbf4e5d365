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
  readonly #payloads: readonly Payload[];
  #packages: ReadonlySet<string> | null = null;

  constructor(payloads: readonly Payload[]) {
    this.#payloads = payloads;
  }

  refuse(text: string, known: StatedName['known']): void {
    // Rich dependencies and files are left to the solver.
    if (this.#ofPackages().has(text) || (known === 'capability' && (/^[(/]/.test(text) || this.#isProvided(text))))
      return;
    const names = known === 'package' ? this.#ofPackages() : [...this.#ofPackages(), ...this.#provided()];
    const guess = nearest(text, [...new Set(names)]);
    throw new InputError('missing', `no repository of this scenario has "${text}"`, {
      hint: guess === null ? 'look the names up with kmplab generate' : `write "${guess}"`,
    });
  }

  #ofPackages(): ReadonlySet<string> {
    this.#packages ??= new Set(this.#payloads.flatMap(({ package: pkg }) => [pkg.name, nevra(pkg)]));
    return this.#packages;
  }

  /** Few names are none of packages, and packages of whole kernels provide a million: they are gone through, not kept. */
  #isProvided(text: string): boolean {
    return this.#payloads.some(
      ({ package: { name, arch, provides } }) =>
        text === `${name}.${arch}` || provides.some((provide) => provide.name === text),
    );
  }

  #provided(): string[] {
    return this.#payloads.flatMap(({ package: { name, arch, provides } }) => [
      `${name}.${arch}`,
      ...provides.map((provide) => provide.name),
    ]);
  }
}
