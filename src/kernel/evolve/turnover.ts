import { append } from '#collections';
import type { Random } from '#statistics';
import type { Crc, ExportedSymbol, ImportedSymbol, KernelBuild, KernelModule } from '../build.js';
import { moduleName } from '../module-name.js';
import { aliasName, firmwarePath, modulePath, nextGeneration, symbolName } from '../synth/rename.js';
import { shuffled } from '../synth/select.js';

/** What a new version of a kernel replaces, as shares of what was there. Types that change are not counted here. */
export interface Turnover {
  readonly modulesLost: number;
  readonly modulesAdded: number;
  /** Exports that somebody imports and that another one takes the place of, with its importers: kmalloc_trace became __kmalloc_cache_noprof. */
  readonly imageSymbolsReplaced: number;
  readonly moduleSymbolsReplaced: number;
  /** Exports that kernel modules gain beside those they have. */
  readonly moduleSymbolsAdded: number;
}

/**
 * The build with kernel modules gone, others new, and exports under new names. A kernel module goes with all that need it; a new one is a
 * driver like one that is there, for other devices of its bus. New kernel modules are marked with their generation, see `symbolName`, so that it
 * reaches the types that its model reaches.
 */
export function turnOver(build: KernelBuild, turnover: Turnover, random: Random): KernelBuild {
  const generation = nextGeneration(build);
  const count = (share: number): number => Math.round(share * build.modules.length);
  const gone = chosenToGo(build.modules, count(turnover.modulesLost), random);
  const kept = build.modules.filter(({ name }) => !gone.has(name));
  const models = shuffled(kept.length, random)
    .slice(0, count(turnover.modulesAdded))
    .flatMap((index) => kept[index] ?? []);
  const added = models.map((model) => likeIt(model, generation, random));
  const followers = successors(build, kept, turnover, { generation, random, models: new Set(models) });
  const modules = [...kept, ...added].map((kernelModule) => succeeded(kernelModule, followers));
  return {
    ...build,
    image: { ...build.image, exports: succeededExports(build.image.exports, followers) },
    modules: modules.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** Names of about `count` kernel modules, each with all that depend on it. */
function chosenToGo(modules: readonly KernelModule[], count: number, random: Random): Set<string> {
  const neededBy = new Map<string, string[]>();
  for (const { name, depends } of modules) {
    for (const needed of depends) append(neededBy, needed, name);
  }
  const gone = new Set<string>();
  for (const index of shuffled(modules.length, random)) {
    const name = modules[index]?.name;
    if (name === undefined || gone.size === count) break;
    const falling = new Set([name]);
    // A Set iterates over what is added while it is walked.
    for (const each of falling) for (const user of neededBy.get(each) ?? []) falling.add(user);
    const more = [...falling].filter((each) => !gone.has(each));
    if (gone.size + more.length <= count) for (const each of more) gone.add(each);
  }
  return gone;
}

/** A driver for other devices, written after the model of another. */
function likeIt(model: KernelModule, generation: number, random: Random): KernelModule {
  const path = modulePath(model.path, generation);
  return {
    ...model,
    name: moduleName(path),
    path,
    exports: model.exports.map((symbol) => ({
      ...symbol,
      name: symbolName(symbol.name, generation),
      crc: symbol.crc === null ? null : newCrc(random),
    })),
    aliases: model.aliases.map((alias) => aliasName(alias, generation)),
    firmware: model.firmware.map((file) => firmwarePath(file, generation)),
  };
}

function newCrc(random: Random): Crc {
  // 0 would mean that there is no CRC.
  return random.uint32() || 1;
}

/** A symbol of the new generation in the place of an old one, or beside it. */
interface Successor {
  readonly imported: ImportedSymbol;
  readonly replaces: boolean;
}

/** Successors by old name: for as many exports as the turnover says; only what somebody imports is replaced. */
function successors(
  { image }: KernelBuild,
  modules: readonly KernelModule[],
  { imageSymbolsReplaced, moduleSymbolsReplaced, moduleSymbolsAdded }: Turnover,
  { generation, random, models }: { generation: number; random: Random; models: ReadonlySet<KernelModule> },
): Map<string, Successor> {
  const used = new Set(modules.flatMap(({ imports }) => imports.map(({ name }) => name)));
  const found = new Map<string, Successor>();
  const choose = (exports: readonly ExportedSymbol[], share: number, replaces: boolean): void => {
    const candidates = exports.filter(({ name }) => !found.has(name) && (!replaces || used.has(name)));
    for (const index of shuffled(candidates.length, random).slice(0, Math.round(share * exports.length))) {
      const old = candidates[index];
      if (old === undefined) continue;
      const imported = { name: symbolName(old.name, generation), crc: newCrc(random) };
      found.set(old.name, { imported, replaces });
    }
  };
  choose(image.exports, imageSymbolsReplaced, true);
  // A model's symbols have namesakes of this generation already.
  const exports = modules.flatMap((kernelModule) => (models.has(kernelModule) ? [] : kernelModule.exports));
  choose(exports, moduleSymbolsReplaced, true);
  choose(exports, moduleSymbolsAdded, false);
  return found;
}

function succeeded(kernelModule: KernelModule, followers: ReadonlyMap<string, Successor>): KernelModule {
  const imports = kernelModule.imports.map((symbol) => {
    const follower = followers.get(symbol.name);
    return follower?.replaces === true ? follower.imported : symbol;
  });
  return {
    ...kernelModule,
    exports: succeededExports(kernelModule.exports, followers),
    imports: imports.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function succeededExports(
  exports: readonly ExportedSymbol[],
  followers: ReadonlyMap<string, Successor>,
): ExportedSymbol[] {
  return exports
    .flatMap((symbol) => {
      const follower = followers.get(symbol.name);
      if (follower === undefined) return [symbol];
      const { name, crc } = follower.imported;
      const successor = { ...symbol, name, crc: symbol.crc === null ? null : crc };
      return follower.replaces ? [successor] : [symbol, successor];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
