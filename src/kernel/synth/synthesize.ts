import { InputError, invariant } from '#errors';
import { type Random, seededRandom } from '#statistics';
import type { ExportedSymbol, ImportedSymbol, KernelBuild, KernelModule } from '../build.js';
import { loadBuiltinKernel } from '../builtin.js';
import { moduleName } from '../module-name.js';
import { aliasName, firmwarePath, modulePath, symbolName } from './rename.js';
import { closedSubset } from './select.js';
import { image, type Template, templateOf } from './template.js';

export interface SynthesisOptions {
  /** How many kernel modules, 100 to 100,000. */
  readonly modules: number;
  readonly seed: number;
}

/** The real build whose shape a synthetic one has, unless another is given. */
export const defaultTemplate = 'debian-6.1.0-56-amd64';

const modulesMin = 100;
const modulesMax = 100_000;

/** Imports that a copy has dropped and gained, as share of the template's: copies of one driver family differ by about that much. */
const importChangeShare = 0.03;
/** Sizes of copies: at most this much larger or smaller. */
const sizeChangeShare = 0.15;

/**
 * A kernel build that never was, with the shape of a real one. Up to the template's size it is a dependency-closed part of it, as a smaller
 * configuration is; beyond, it has the template's base once and everything else in several generations, each a varied
 * copy with its own symbols, devices and firmware, so that ratios stay what they are. All CRCs are drawn anew.
 * The same options give the same build on every machine.
 *
 * @throws InputError `invalid` where the number of kernel modules is out of range
 */
export async function synthesizeKernel(options: SynthesisOptions, template?: KernelBuild): Promise<KernelBuild> {
  const { modules } = options;
  if (!Number.isInteger(modules) || modules < modulesMin || modules > modulesMax) {
    throw new InputError('invalid', `${modules} kernel modules`, { expected: `${modulesMin} to ${modulesMax}` });
  }
  return synthesize(templateOf(template ?? (await loadBuiltinKernel(defaultTemplate))), options);
}

export function synthesize(template: Template, { modules: wanted, seed }: SynthesisOptions): KernelBuild {
  const random = seededRandom(seed);
  const generations = chooseGenerations(template, wanted, random);
  const symbols = new SymbolInstances(template, random);
  const { upstreamVersion, flavor } = template.build;
  // The last number counts the builds that evolve from this one.
  const revision = `synth${seed}.${wanted}.1`;
  const release = `${upstreamVersion}-${revision}-${flavor}`;
  const vermagic = template.modules[0]?.vermagic?.replace(/^\S+/, release) ?? null;
  const modules: KernelModule[] = [];
  for (const [generation, members] of generations.entries()) {
    for (const index of [...members].sort((a, b) => a - b)) {
      modules.push(copyModule(template, index, generation, vermagic, symbols, random));
    }
  }
  const { source: _source, warnings: _warnings, ...head } = template.build;
  return {
    ...head,
    release,
    revision,
    image: {
      ...template.build.image,
      exports: imageExports(template, generations, symbols, random),
      // A template without imports says nothing of what its image exports.
      exportsFrom: template.build.modversions ? 'symvers' : template.build.image.exportsFrom,
    },
    modules: modules.sort((a, b) => (a.path < b.path ? -1 : 1)),
    source: { kind: 'synthetic', files: [{ name: `${template.build.release}, seed ${seed}`, sha256: null }] },
    warnings: [],
  };
}

/** Which of the template's kernel modules each generation has; the base is in the first only. */
function chooseGenerations(template: Template, wanted: number, random: Random): ReadonlySet<number>[] {
  const all = new Set(template.modules.keys());
  if (wanted < all.size) return [closedSubset(template, wanted, new Set(), random)];
  const generations = [all];
  const perGeneration = all.size - template.core.size;
  invariant(perGeneration > 0, 'a template has kernel modules outside of its base');
  for (let missing = wanted - all.size; missing > 0; missing -= perGeneration) {
    generations.push(closedSubset(template, Math.min(missing, perGeneration), template.core, random));
  }
  return generations;
}

function copyModule(
  template: Template,
  index: number,
  generation: number,
  vermagic: string | null,
  symbols: SymbolInstances,
  random: Random,
): KernelModule {
  const signed = template.modules[index];
  invariant(signed !== undefined, `the template has a kernel module ${index}`);
  const { signature: _signature, ...original } = signed;
  const imported = varyImports(template, template.importsOf[index] ?? [], symbols, random);
  const path = modulePath(original.path, generation);
  const resize = 1 + (2 * random.float() - 1) * sizeChangeShare;
  const { compressedBytes } = original;
  return {
    ...original,
    name: moduleName(path),
    path,
    bytes: Math.round((original.bytes * resize) / 8) * 8,
    compressedBytes: compressedBytes === null ? null : Math.round(compressedBytes * resize),
    exports: (template.exportsOf[index] ?? []).map((symbol) => symbols.get(symbol, generation).exported).sort(byName),
    imports: imported.map((symbol) => symbols.get(symbol, generation).imported).sort(byName),
    depends: dependsOf(template, index, imported, generation),
    aliases: original.aliases.map((alias) => aliasName(alias, generation)),
    firmware: original.firmware.map((file) => firmwarePath(file, generation)),
    vermagic,
  };
}

/** The template's imports with some left out and as many symbols of the image put in; what half of the kernel imports stays. */
function varyImports(
  template: Template,
  imports: readonly number[],
  symbols: SymbolInstances,
  random: Random,
): number[] {
  const varied = new Set<number>();
  for (const symbol of imports) {
    const universal = (template.symbols[symbol]?.users ?? 0) * 2 > template.modules.length;
    if (universal || random.float() >= importChangeShare) varied.add(symbol);
    else varied.add(symbols.drawImageSymbol() ?? symbol);
  }
  return [...varied];
}

function dependsOf(template: Template, index: number, imported: readonly number[], generation: number): string[] {
  const exporters = new Set(
    template.build.modversions
      ? imported.map((symbol) => template.symbols[symbol]?.exporter ?? image)
      : (template.needs[index] ?? []),
  );
  const names: string[] = [];
  for (const exporter of exporters) {
    const module = template.modules[exporter];
    if (module === undefined || exporter === index) continue;
    names.push(moduleName(modulePath(module.path, template.core.has(exporter) ? 0 : generation)));
  }
  return names.sort();
}

/** Every symbol of the image that a kernel module imports, and of those that nobody does as many as the build has of the template. */
function imageExports(
  template: Template,
  generations: readonly ReadonlySet<number>[],
  symbols: SymbolInstances,
  random: Random,
): ExportedSymbol[] {
  const exports: ExportedSymbol[] = [];
  for (const [generation, members] of generations.entries()) {
    const share =
      members.size / (generation === 0 ? template.modules.length : template.modules.length - template.core.size);
    for (const [index, { exporter, users, shared }] of template.symbols.entries()) {
      if (exporter !== image || (shared && generation > 0)) continue;
      const unused = users === 0 && random.float() < share;
      const instance = unused ? symbols.get(index, generation) : symbols.known(index, generation);
      if (instance !== undefined) exports.push(instance.exported);
    }
  }
  return exports.sort(byName);
}

interface SymbolInstance {
  readonly exported: ExportedSymbol;
  readonly imported: ImportedSymbol;
}

/** The symbols of all generations, made when first asked for, each once. */
class SymbolInstances {
  readonly #template: Template;
  readonly #random: Random;
  readonly #made: (SymbolInstance | undefined)[][] = [];
  /** Symbols of the image, each as often as it is imported: a draw from it is weighted by use. */
  readonly #imageImports: readonly number[];

  constructor(template: Template, random: Random) {
    this.#template = template;
    this.#random = random;
    this.#imageImports = template.importsOf.flat().filter((index) => template.symbols[index]?.exporter === image);
  }

  get(index: number, generation: number): SymbolInstance {
    const known = this.known(index, generation);
    if (known !== undefined) return known;
    const template = this.#template.symbols[index];
    invariant(template !== undefined, `the template has a symbol ${index}`);
    const own = template.shared ? 0 : generation;
    const name = symbolName(template.symbol.name, own);
    // 0 would mean that there is no CRC.
    const crc = this.#random.uint32() || 1;
    const { gplOnly, namespace } = template.symbol;
    const made = { exported: { name, crc, gplOnly, namespace }, imported: { name, crc } };
    const ofGeneration = this.#made[own] ?? new Array<SymbolInstance | undefined>(this.#template.symbols.length);
    ofGeneration[index] = made;
    this.#made[own] = ofGeneration;
    return made;
  }

  known(index: number, generation: number): SymbolInstance | undefined {
    return this.#made[this.#template.symbols[index]?.shared === true ? 0 : generation]?.[index];
  }

  /** A symbol of the image, likelier the more it is used. */
  drawImageSymbol(): number | undefined {
    const { length } = this.#imageImports;
    return length === 0 ? undefined : this.#imageImports[this.#random.below(length)];
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
