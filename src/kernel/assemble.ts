import { append, mostFrequent } from '#collections';
import { InputError } from '#errors';
import type { ImportWarning, KernelBuild, KernelImage, KernelModule } from './build.js';
import { checkBuild } from './check.js';
import { cutRelease } from './cut-release.js';
import type { Findings, FoundModule, ImportOptions } from './findings.js';
import { assembleFromSymvers } from './from-symvers.js';
import { inferImageExports } from './infer.js';
import { isReservedName, moduleName } from './module-name.js';
import { archOf } from './read/arch.js';
import type { SupportOf } from './read/supported.js';
import { checkedRelease, isRelease } from './release.js';
import { Sharing } from './sharing.js';

/** Puts what was found together into a build: names, order, what the image exports, and everything that was odd. */
export function assembleBuild(found: Findings, options: ImportOptions): KernelBuild {
  const warnings = [...found.warnings];
  const files = oneOfEachName(sameMachine(found.modules, warnings), warnings);
  const [first] = files;
  if (first === undefined && warnings.length === 0 && found.symvers !== undefined) {
    return assembleFromSymvers(found, found.symvers, options);
  }
  if (first === undefined) {
    throw new InputError('missing', 'no kernel module could be read', {
      file: filesOf(found),
      expected: 'files below lib/modules/<release> ending in .ko, .ko.xz, .ko.zst or .ko.gz',
      hint:
        warnings[0] === undefined ? 'name an image package or a /lib/modules/<release> directory' : warnings[0].detail,
    });
  }
  const share = new Sharing();
  const modules = files.map((file) => kernelModule(file, share, found.supportOf, warnings));
  const modversions = files.some(({ facts }) => facts.modversions);
  const release = checkedRelease(releaseOf(found, modules), filesOf(found));
  const image = kernelImage(found, modules, share, warnings);
  const flavor = options.flavor ?? release.slice(release.lastIndexOf('-') + 1);
  if (!modversions) {
    const detail = 'no kernel module has CRCs: only its vermagic ties it to a kernel';
    warnings.push({ code: 'no-modversions', subject: release, detail });
  }
  return {
    format: 'kmplab/kernel-build',
    version: 1,
    release,
    ...published(found, release, flavor),
    arch: archOf(first.facts),
    flavor,
    modversions,
    image,
    modules,
    source: {
      kind: found.sources.find(({ kind }) => kind !== 'symvers')?.kind ?? 'symvers',
      files: found.sources.map(({ name, sha256 }) => ({ name, sha256 })),
    },
    warnings: [...warnings, ...checkBuild({ image, modules })],
  };
}

/** What the paths say; the vermagic of most kernel modules where these are of a directory that may have been copied. */
function releaseOf(found: Findings, modules: readonly KernelModule[]): string {
  const told = found.release ?? '';
  if (!found.sources.some(({ releaseIsGuessed }) => releaseIsGuessed)) return told;
  const releases = modules.map(({ vermagic }) => vermagic?.split(' ')[0] ?? '').filter(isRelease);
  return mostFrequent(releases) ?? told;
}

/** The sources by name, for errors. */
function filesOf({ sources }: Findings): string {
  return sources.map(({ name }) => name).join(', ');
}

function kernelModule(
  { path, bytes, compressedBytes, facts }: FoundModule,
  share: Sharing,
  supportOf: SupportOf | undefined,
  warnings: ImportWarning[],
): KernelModule {
  const support = supportOf?.(path) ?? facts.support;
  for (const { why } of facts.malformed) warnings.push({ code: 'malformed-section', subject: path, detail: why });
  return {
    name: moduleName(path),
    path,
    bytes,
    compressedBytes,
    exports: facts.exports.map((symbol) => ({ ...symbol, name: share.text(symbol.name) })),
    imports: facts.imports.map((symbol) => share.imported(symbol.name, symbol.crc)),
    depends: facts.depends.map((name) => share.text(name)),
    aliases: facts.aliases,
    softdeps: facts.softdeps,
    weakdeps: facts.weakdeps,
    firmware: facts.firmware,
    importNamespaces: facts.importNamespaces.map((name) => share.text(name)),
    license: facts.license === null ? null : share.text(facts.license),
    driverVersion: facts.driverVersion,
    vermagic: facts.vermagic === null ? null : share.text(facts.vermagic),
    inTree: facts.inTree,
    ...signedBy(facts.signature, share),
    ...(support === undefined ? {} : { support }),
  };
}

function signedBy(
  found: FoundModule['facts']['signature'],
  share: Sharing,
): Pick<KernelModule, 'signer' | 'signature'> {
  if (found === null) return { signer: null };
  return { signer: found.signer === null ? null : share.text(found.signer), signature: share.signature(found) };
}

/** A build is of one architecture: that of most kernel modules, the first by name between equals. */
function sameMachine(modules: readonly FoundModule[], warnings: ImportWarning[]): FoundModule[] {
  const byArch = new Map<string, FoundModule[]>();
  for (const module of modules.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const arch = archOf(module.facts);
    append(byArch, arch, module);
  }
  const [chosen, ...others] = [...byArch].sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1));
  for (const [arch, foreign] of others) {
    for (const { path } of foreign) {
      warnings.push({ code: 'skipped-file', subject: path, detail: `built for ${arch}, not ${chosen?.[0]}` });
    }
  }
  return chosen?.[1] ?? [];
}

/** Where modprobe looks first, when two files bear one name: depmod.d(5), the default of `search`, then path order. */
const searchOrder = ['updates/', 'extra/'];

function oneOfEachName(modules: readonly FoundModule[], warnings: ImportWarning[]): FoundModule[] {
  const rank = ({ path }: FoundModule): number => {
    const found = searchOrder.findIndex((directory) => path.startsWith(directory));
    return found === -1 ? searchOrder.length : found;
  };
  const chosen = new Map<string, FoundModule>();
  for (const module of modules) {
    const name = moduleName(module.path);
    if (isReservedName(name)) {
      warnings.push({
        code: 'skipped-file',
        subject: module.path,
        detail: `no kernel module can be called ${name} here`,
      });
      continue;
    }
    const other = chosen.get(name);
    const keeps = other === undefined || rank(module) < rank(other);
    if (keeps) chosen.set(name, module);
    if (other === undefined) continue;
    const [lost, kept] = keeps ? [other, module] : [module, other];
    warnings.push({
      code: 'skipped-file',
      subject: lost.path,
      detail: `${kept.path} has the same name and is preferred`,
    });
  }
  return [...chosen.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function kernelImage(
  found: Findings,
  modules: readonly KernelModule[],
  share: Sharing,
  warnings: ImportWarning[],
): KernelImage {
  const listed = found.symvers?.get('vmlinux');
  if (listed !== undefined) {
    const exports = listed
      .map((symbol) => ({ ...symbol, name: share.text(symbol.name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { bytes: found.imageBytes, exports, exportsFrom: 'symvers', builtin: found.builtin };
  }
  const inferred = inferImageExports(modules);
  warnings.push(...inferred.warnings);
  return { bytes: found.imageBytes, exports: inferred.exports, exportsFrom: 'inferred', builtin: found.builtin };
}

function published(found: Findings, release: string, flavor: string): ReturnType<typeof cutRelease> {
  const stated = found.sources.find((source) => source.published !== undefined)?.published;
  if (stated === undefined) return cutRelease(release, flavor);
  return { upstreamVersion: stated.version, revision: stated.revision };
}
