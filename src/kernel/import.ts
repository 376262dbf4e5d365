import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '#errors';
import { type ContainedFile, compressZstd, decodeUtf8 } from '#files';
import { assembleBuild } from './assemble.js';
import type { ImportWarning, KernelBuild } from './build.js';
import type { Findings, FoundModule, ImportOptions } from './findings.js';
import { withKnownSizes } from './known-sizes.js';
import { installedModuleFile } from './module-name.js';
import { readModuleFile } from './read/module-file.js';
import { parseSupported, type SupportOf } from './read/supported.js';
import { parseSymvers, type Symvers } from './read/symvers.js';
import { checkFlavor } from './release.js';
import type { UnpackBudget } from './source/container.js';
import { type OpenSource, openSource } from './source/open.js';

/**
 * Reads one kernel build from what the user has of it: package files, a `/lib/modules/<release>` tree or a system's root, a
 * Module.symvers, a supported.conf; several together, such as an image package and its headers package.
 *
 * @throws InputError for sources that cannot be read at all; what is wrong with single files becomes a warning of the build
 */
export async function importKernel(paths: readonly string[], options: ImportOptions = {}): Promise<KernelBuild> {
  checkFlavor(options.flavor);
  const sources: OpenSource[] = [];
  for (const path of paths) {
    for (const found of await packagesIn(path)) sources.push(await openSource(found, options.unpackedBytesMax));
  }
  const build = assembleBuild(await collect(sources, options), options);
  return options.compressedFrom === undefined ? build : withKnownSizes(build, options.compressedFrom);
}

/** A directory that holds packages stands for these, in order of name: a download, or a set of KMPs. Any other path stands for itself. */
async function packagesIn(path: string): Promise<string[]> {
  const entries = await readdir(path).catch(() => []);
  const packages = entries.filter((entry) => /\.(deb|rpm)$/.test(entry)).sort();
  return packages.length === 0 ? [path] : packages.map((entry) => join(path, entry));
}

const builtinPath = /^(?:usr\/)?lib\/modules\/([^/]+)\/modules\.builtin$/;
const imagePath = /^(?:boot\/|(?:usr\/)?lib\/modules\/([^/]+)\/)(?:vmlinu[xz]|bzImage|[Ii]mage)(?:-([^/]*))?[^/]*$/;
const symversPath = /(?:^|\/)(?:Module\.symvers|symvers(?:-[^/]*)?\.(?:gz|xz|zst))$/;
const supportedPath = /(?:^|\/)supported\.conf$/;

async function collect(sources: readonly OpenSource[], options: ImportOptions): Promise<Findings> {
  const modules: FoundModule[] = [];
  const warnings: ImportWarning[] = [];
  const releases = new Set<string>();
  let builtin: string[] = [];
  let imageBytes = 0;
  let symvers: Symvers | undefined;
  let supportOf: SupportOf | undefined;
  const skip = (subject: string, detail: string): void => {
    warnings.push({ code: 'skipped-file', subject, detail });
  };
  const isOtherRelease = (release: string): boolean => {
    if (options.release !== undefined) return release !== options.release;
    releases.add(release);
    return false;
  };
  const onSkipped = (path: string, why: string): void => {
    // `build` and `source` lead to the headers wherever they are installed: every tree has them.
    if (!/(^|\/)(build|source)$/.test(path)) skip(path, why);
  };
  for (const source of sources) {
    for await (const file of source.files(wanted, onSkipped)) {
      const moduleFile = installedModuleFile(file.path);
      const builtinRelease = builtinPath.exec(file.path)?.[1];
      if (moduleFile !== null) {
        if (isOtherRelease(moduleFile.release)) continue;
        const found = await readModule(file, moduleFile.path, source.budget, options, skip);
        if (found !== undefined) modules.push(found);
        options.onProgress?.(modules.length);
      } else if (builtinRelease !== undefined) {
        if (!isOtherRelease(builtinRelease)) builtin = lines(decodeUtf8(file.bytes, file.path));
      } else if (supportedPath.test(file.path)) {
        supportOf = parseSupported(decodeUtf8(file.bytes, file.path));
      } else if (symversPath.test(file.path)) {
        symvers = parseSymvers(await unpackedText(file, source.budget), `${source.name}: ${file.path}`);
      } else if (isImageOf(file.path, options.release)) {
        imageBytes = file.bytes.length;
      }
    }
  }
  return {
    sources,
    release: oneRelease(releases, options),
    modules,
    builtin,
    imageBytes,
    symvers,
    supportOf,
    warnings,
  };
}

function isImageOf(path: string, release: string | undefined): boolean {
  const [, directory, suffix] = imagePath.exec(path) ?? [];
  return release === undefined || directory === release || suffix === release;
}

function wanted(path: string): boolean {
  return (
    installedModuleFile(path) !== null ||
    [builtinPath, imagePath, symversPath, supportedPath].some((known) => known.test(path))
  );
}

async function readModule(
  file: ContainedFile,
  path: string,
  budget: UnpackBudget,
  options: ImportOptions,
  skip: (subject: string, detail: string) => void,
): Promise<FoundModule | undefined> {
  try {
    const bytes = await budget.file(file.bytes, path);
    const facts = readModuleFile(bytes, path);
    const compressed = options.measureCompressed === true ? await compressZstd(bytes, compressedLevel) : null;
    return { path, bytes: bytes.length, compressedBytes: compressed?.length ?? null, facts };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    budget.check();
    const { problem, expected } = error;
    skip(path, expected === undefined ? problem : `${problem}, expected ${expected}`);
    return undefined;
  }
}

/** What openSUSE packs its RPMs with. */
const compressedLevel = 19;

async function unpackedText(file: ContainedFile, budget: UnpackBudget): Promise<string> {
  return decodeUtf8(await budget.file(file.bytes, file.path), file.path);
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function oneRelease(releases: ReadonlySet<string>, options: ImportOptions): string | undefined {
  if (releases.size > 1) {
    throw new InputError('invalid', `the sources hold several releases: ${[...releases].sort().join(', ')}`, {
      hint: 'choose one with --release',
    });
  }
  return options.release ?? [...releases][0];
}
