import { grouped } from '#collections';
import { InputError } from '#errors';
import { type KernelBuild, type KernelModule, moduleFileName } from '#kernel';
import { type Dependency, dependencyKinds } from '#rpm';
import { divide, signedElsewhere } from '../algorithms/external.js';
import { groupsOf } from '../algorithms/grouping.js';
import type { BuildSets } from '../algorithms/symbol-sets.js';
import type { PackageDraft } from '../parts/assemble.js';
import { evrOf } from '../parts/common-options.js';
import type { CompiledDesign, CompiledKind, CompiledLine } from './compile.js';
import { KernelContext } from './kernel-context.js';
import { packageItem, symbolItem } from './loops.js';
import type { ChosenDesign } from './options.js';
import type { Item, PackageSubject } from './package-subject.js';
import { refuseAt, type WrittenAt } from './place.js';
import { render, renderDependency } from './template.js';

/** A draft and the kind of package in the design that it comes from. */
export interface UnfoldedDraft extends PackageDraft {
  readonly kind: CompiledKind;
}

/** The packages that one kernel build becomes. @throws InputError */
export function unfold(
  { design, kinds }: CompiledDesign,
  { options, texts }: Pick<ChosenDesign, 'options' | 'texts'>,
  build: KernelBuild,
  { newest, sets }: { readonly newest: boolean; readonly sets: BuildSets | undefined },
): UnfoldedDraft[] {
  if (design.checksums === 'needed') requireChecksums(design.name, build);
  const kernel = new KernelContext(build, options, texts, sets);
  const inKernels = new Set<KernelModule>();
  for (const kind of kinds) {
    if (kind.newestOnly && !newest) continue;
    const subjects = subjectsOf(kind, kernel, inKernels);
    if (kind.for === 'kernel')
      for (const kernelModule of subjects.flatMap(({ held }) => held)) inKernels.add(kernelModule);
    for (const subject of subjects) {
      subject.name = render(kind.name, kernel, subject);
      subject.version = kind.version === null ? subject.kernelEvr.version : render(kind.version, kernel, subject);
      subject.release =
        kind.release === null ? (subject.kernelEvr.release ?? '') : render(kind.release, kernel, subject);
    }
    kernel.subjects.set(kind.key, subjects);
  }
  const budget = new Budget(build);
  return kinds.flatMap((kind) =>
    (kernel.subjects.get(kind.key) ?? []).map((subject) => draft(kind, subject, kernel, budget)),
  );
}

/** Refuses a build without symbol checksums for a design that is made of them. */
function requireChecksums(scheme: string, build: KernelBuild): void {
  if (build.modversions) return;
  throw new InputError(
    'unsupported',
    `kernel build ${build.release} has no symbol checksums, and scheme ${scheme} needs them`,
    {
      expected: 'a kernel built with CONFIG_MODVERSIONS',
      hint: 'take another build, or a scheme that ties packages to the kernel release',
    },
  );
}

/** What a kernel's packages of one kind are of. Kernel modules that the package of a kernel holds have no package of another kind. */
function subjectsOf(kind: CompiledKind, kernel: KernelContext, inKernels: ReadonlySet<KernelModule>): PackageSubject[] {
  const { build, options } = kernel;
  const subject = (about: readonly KernelModule[], held: readonly KernelModule[], group = ''): PackageSubject => {
    const kernelEvr = evrOf(build, held, options);
    const file = about[0] === undefined ? '' : moduleFileName(about[0].path);
    return {
      kind: kind.key,
      image: kind.image,
      about,
      held,
      group,
      file,
      kernelEvr,
      name: '',
      version: '',
      release: '',
    };
  };
  const rest = build.modules.filter((kernelModule) => !inKernels.has(kernelModule));
  const heldOf = (about: readonly KernelModule[]): readonly KernelModule[] => (kind.holds?.size === 0 ? [] : about);
  switch (kind.for) {
    case 'kernel': {
      const held = inKernelPackage(kind.holds, kernel);
      return [subject(held, held)];
    }
    case 'module':
      return rest.map((kernelModule) => subject([kernelModule], heldOf([kernelModule])));
    case 'foreign':
      return rest.filter(signedElsewhere).map((kernelModule) => subject([kernelModule], []));
    case 'group': {
      const { group } = kind;
      const groups =
        group === null || typeof group === 'string'
          ? groupsOf(group ?? 'subsystem', { ...build, modules: rest }, options)
          : grouped(rest, (kernelModule) => render(group, kernel, subject([kernelModule], [kernelModule])));
      return [...groups].map(([name, members]) => subject(members, heldOf(members), name));
    }
  }
}

function inKernelPackage(holds: ReadonlySet<string> | null, kernel: KernelContext): readonly KernelModule[] {
  const { build, options } = kernel;
  if (holds === null || holds.size === 0) return [];
  if (holds.has('all')) return build.modules;
  if (holds.has('not-external')) return divide(build, options).inKernel;
  return build.modules.filter((kernelModule) => holds.has(kernel.layerOf(kernelModule)));
}

function draft(kind: CompiledKind, subject: PackageSubject, kernel: KernelContext, budget: Budget): UnfoldedDraft {
  const { build } = kernel;
  const { name, version, release, held } = subject;
  const summary = kind.summary === null ? name : render(kind.summary, kernel, subject);
  const lists = Object.fromEntries(
    dependencyKinds.flatMap((list) => {
      const lines = kind.lines[list];
      return lines.length === 0 ? [] : [[list, dependenciesOf(lines, subject, kernel, budget)] as const];
    }),
  );
  const files = kind.files.map((path) => ({ path: render(path, kernel, subject), kind: 'file' as const }));
  budget.spend(packageBytes + 100 * files.length + summary.length, kind.kind.at, subject);
  return {
    kind,
    name,
    evr: { epoch: 0, version, release },
    build,
    summary,
    description: kind.description === null ? `${summary}.` : render(kind.description, kernel, subject),
    kernelModules: held,
    ...(kind.directory === undefined ? {} : { moduleDirectory: kind.directory }),
    ...(kind.noarch ? { arch: 'noarch' } : {}),
    otherFiles: kind.image ? [...imageFiles(build), ...files] : files,
    ...(kind.image ? { otherBytes: build.image.bytes } : {}),
    ...lists,
  };
}

function imageFiles({ release }: KernelBuild): NonNullable<PackageDraft['otherFiles']> {
  return [
    { path: `/boot/vmlinuz-${release}`, kind: 'file' },
    { path: `/lib/modules/${release}/modules.builtin`, kind: 'file' },
  ];
}

/** What a dependency weighs beside its name. */
const dependencyBytes = 40;
/** And a package beside its dependencies. */
const packageBytes = 500;

function dependenciesOf(
  lines: readonly CompiledLine[],
  subject: PackageSubject,
  kernel: KernelContext,
  budget: Budget,
): Dependency[] {
  const made: Dependency[] = [];
  for (const line of lines) {
    const { template, loop } = line;
    if (loop === null) {
      made.push(shared(line, subject, kernel));
      budget.spend(dependencyBytes, line.line.at, subject);
    } else if ('symbols' in loop) {
      const { from, notFrom } = line.line;
      const exporting = from ?? notFrom;
      const names = exporting === undefined ? null : kernel.exportsOf(exporting);
      const wanted = from !== undefined;
      for (const { name, crc } of loop.symbols(subject, kernel)) {
        if (crc === null || (names !== null && names.has(name) !== wanted)) continue;
        made.push(ofSymbol(line, name, crc, subject, kernel));
        budget.spend(dependencyBytes + (made.at(-1)?.name.length ?? 0), line.line.at, subject);
      }
    } else {
      const items: readonly Item[] =
        'packagesOf' in loop
          ? (kernel.subjects.get(loop.packagesOf) ?? []).map(packageItem)
          : loop.items(subject, kernel);
      for (const item of items) {
        made.push(renderDependency(template, kernel, subject, item));
        budget.spend(dependencyBytes + (made.at(-1)?.name.length ?? 0), line.line.at, subject);
      }
    }
  }
  return made;
}

/** What does not differ by package is one object for all of them. */
function shared(line: CompiledLine, subject: PackageSubject, kernel: KernelContext): Dependency {
  if (line.template.of === 'package') return renderDependency(line.template, kernel, subject);
  let known = kernel.shared.get(line);
  if (known === undefined) {
    known = renderDependency(line.template, kernel, subject);
    kernel.shared.set(line, known);
  }
  return known;
}

/**
 * A symbol's dependency is made once and is the same object for the exporter and all importers: 20,000 objects, not 200,000. A symbol has
 * one checksum in a build, but for a driver built elsewhere: its own dependency is then made each time.
 */
function ofSymbol(
  line: CompiledLine,
  name: string,
  crc: number,
  subject: PackageSubject,
  kernel: KernelContext,
): Dependency {
  if (line.template.of === 'package') return renderDependency(line.template, kernel, subject, symbolItem(name, crc));
  const text = line.line.as;
  let known = kernel.symbols.get(text);
  if (known === undefined) {
    known = new Map();
    kernel.symbols.set(text, known);
  }
  const made = known.get(name);
  if (made?.crc === crc) return made.dependency;
  const dependency = renderDependency(line.template, kernel, subject, symbolItem(name, crc));
  if (made === undefined) known.set(name, { crc, dependency });
  return dependency;
}

/** How much a design may make of one kernel build: several times what any ready design does, in bytes of its metadata. */
class Budget {
  #left: number;
  readonly #all: number;

  constructor({ modules }: KernelBuild) {
    const facts = modules.reduce(
      (sum, { imports, exports, aliases }) => sum + imports.length + exports.length + aliases.length,
      0,
    );
    this.#all = 50_000_000 + 400 * facts;
    this.#left = this.#all;
  }

  /** Accounts for something that a package has been given. */
  spend(bytes: number, at: WrittenAt, { kind, name }: PackageSubject): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    refuseAt(at, 'too-large', `the design unfolds to too much; it came to package "${kind}", ${name}`, {
      expected: `at most ${Math.round(this.#all / 1e6)} MB of metadata for one kernel build`,
      hint: 'write this for fewer packages',
    });
  }
}
