import { InputError } from '#errors';
import { type Dependency, type DependencyKind, formatDependency, type RpmPackage } from '#rpm';
import type { PackageSet } from './package-set.js';

export interface SpecOptions {
  /**
   * computed: what rpm's generators find in the files themselves (symbols, kernel modules, hardware, the kernel's release) is left to
   * them, as in a real build. stated: everything is written down and the generators are off, so that packages without files can
   * stand in for real ones.
   */
  readonly dependencies: 'computed' | 'stated';
  /** Whether the packages hold their files, taken from below the macro `modules_root`, or none. */
  readonly files: boolean;
  /** Name of the spec and of its source package. */
  readonly name: string;
}

const tags: readonly (readonly [DependencyKind, string])[] = [
  ['provides', 'Provides'],
  ['requires', 'Requires'],
  ['conflicts', 'Conflicts'],
  ['obsoletes', 'Obsoletes'],
  ['suggests', 'Suggests'],
  ['enhances', 'Enhances'],
  ['recommends', 'Recommends'],
  ['supplements', 'Supplements'],
];

/** What fileattrs/kmp.attr of rpm-config-SUSE, and its like elsewhere, compute. */
const computed = /^(ksym|kmod|kernel|modalias|firmware)\(|^kernel-uname-r$/;

/**
 * A package set as an RPM spec with one sub-package for each: the list and the preambles that a modular kernel's spec needs. Build it
 * with `rpmbuild -bb --define "modules_root DIR"`, where DIR holds `lib/modules`.
 *
 * @throws InputError where a package has another architecture than the rest, or a text that a spec cannot hold
 */
export function renderSpec({ packages, scheme, kernels }: PackageSet, options: SpecOptions): string {
  const [first] = packages;
  if (first === undefined) throw new InputError('invalid', 'there are no packages to write a spec of');
  const files = options.files ? packages.flatMap((pkg) => pkg.files.map(({ path }) => path)) : [];
  return `# Sub-packages of scheme ${scheme} for Linux ${kernels.join(', ')}, written by kmplab.
Name: ${options.name}
Version: ${first.evr.version}
Release: ${first.evr.release}
Summary: Kernel packages of scheme ${scheme}
License: ${text(first.license)}
${optionalTag('Vendor', first.vendor)}${optionalTag('Group', first.group)}${optionalTag('URL', first.url)}
%description
Source of the sub-packages below.

${packages.map((pkg) => subPackage(pkg, options)).join('\n')}
%install
${files.length === 0 ? 'mkdir -p %{buildroot}' : installScript([...new Set(files)])}
`;
}

/** rpmbuild refuses a tag without a value. */
function optionalTag(tag: string, value: string): string {
  return value === '' ? '' : `${tag}: ${text(value)}\n`;
}

function subPackage(pkg: RpmPackage, { dependencies, files }: SpecOptions): string {
  const lines = [
    `%package -n ${pkg.name}`,
    ...(pkg.evr.epoch === 0 ? [] : [`Epoch: ${pkg.evr.epoch}`]),
    `Version: ${pkg.evr.version}`,
    `Release: ${pkg.evr.release}`,
    `Summary: ${text(pkg.summary)}`,
    ...(pkg.arch === 'noarch' ? ['BuildArch: noarch'] : []),
    `AutoReqProv: ${dependencies === 'computed' ? 'yes' : 'no'}`,
    ...tags.flatMap(([kind, tag]) => dependencyLines(pkg, kind, tag, dependencies)),
    '',
    `%description -n ${pkg.name}`,
    text(pkg.description),
    '',
    `%files -n ${pkg.name}`,
    ...(files ? pkg.files.map(({ path }) => quoted(path)) : []),
    '',
  ];
  return lines.join('\n');
}

function dependencyLines(
  pkg: RpmPackage,
  kind: DependencyKind,
  tag: string,
  mode: SpecOptions['dependencies'],
): string[] {
  return pkg[kind]
    .filter((dependency) => !isOwn(pkg, kind, dependency) && (mode === 'stated' || !computed.test(dependency.name)))
    .map((dependency) => `${tag}: ${text(formatDependency(writable(dependency)))}`);
}

/**
 * rpmbuild refuses a version with a second dash, `= 6.1.0-53-amd64`, which metadata may have. A dot in its place, wherever it stands, keeps what
 * is required and what is provided the same, and the order of versions too.
 */
function writable({ name, range }: Dependency): Dependency {
  if (range === null) return { name, range };
  return { name, range: { ...range, evr: { ...range.evr, version: range.evr.version.replaceAll('-', '.') } } };
}

/** rpmbuild adds `name = version-release` and the same with the instruction set. */
function isOwn({ name, evr }: RpmPackage, kind: DependencyKind, dependency: Dependency): boolean {
  if (
    kind !== 'provides' ||
    dependency.range?.evr.release !== evr.release ||
    dependency.range.evr.version !== evr.version
  )
    return false;
  return dependency.name === name || (dependency.name.startsWith(`${name}(`) && dependency.name.endsWith(')'));
}

/** Macros begin with `%`, and a line break would begin another tag. */
function text(value: string): string {
  if (/[\n\r\0]/.test(value)) {
    throw new InputError('invalid', `a spec cannot hold a line break in ${JSON.stringify(value)}`);
  }
  return value.replaceAll('%', '%%');
}

/** A path may have spaces, but nothing that would end its quotes, match other files, or leave the build root. */
function quoted(path: string): string {
  const outside = path.split('/').includes('..');
  if (outside || /["\\*?[\]{}]/.test(path))
    throw new InputError('invalid', `a spec cannot list the file ${JSON.stringify(path)}`);
  return `"${text(path)}"`;
}

function installScript(files: readonly string[]): string {
  const below = files.map((path) => path.replace(/^\/+/, ''));
  const moved = below.filter((path) => movable.test(path));
  const inPlace = below.filter((path) => !movable.test(path));
  const scripts = [
    ...(inPlace.length === 0 ? [] : [copyingScript(inPlace)]),
    ...(moved.length === 0 ? [] : [movingScript(moved)]),
  ];
  return ['mkdir -p %{buildroot}', 'cd %{modules_root}', ...scripts].join('\n');
}

function copyingScript(files: readonly string[]): string {
  return `xargs -d '\\n' cp -a --parents -t %{buildroot} <<'FILES'
${files.map(text).join('\n')}
FILES`;
}

const movable = /^(?:usr\/)?lib\/modules\/[^/]+\/(?:updates|extra)\//;

/** What a scheme puts into updates/ or extra/ lies in kernel/ of the tree it is taken from, unless the build had it there already. */
function movingScript(files: readonly string[]): string {
  return `while IFS= read -r file; do
  from="$file"
  below="\${file#*lib/modules/*/*/}"
  if [ ! -e "$from" ]; then top="\${file%%"/$below"}"; from="\${top%%/*}/kernel/$below"; fi
  mkdir -p "%{buildroot}/\${file%%/*}"
  cp -a "$from" "%{buildroot}/$file"
done <<'FILES'
${files.map(text).join('\n')}
FILES`;
}
