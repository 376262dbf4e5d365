import { InputError, nearest } from '#errors';
import { type Dependency, type DependencyFlag, parseDependency, parseEvr, parseRichDependency } from '#rpm';
import type { KernelContext } from './kernel-context.js';
import type { Item, PackageSubject } from './package-subject.js';
import { kernelPlaceholders, packagePlaceholders } from './placeholders.js';

type Part = string | ((kernel: KernelContext, subject: PackageSubject, item: Item) => string);

/** A text whose placeholders are filled in; `of` says what it differs by. */
export interface Template {
  readonly parts: readonly Part[];
  readonly of: 'kernel' | 'package';
}

/** Which placeholders a text may have, beside those of the kernel. */
export interface Vocabulary {
  /** Of what a package is made, so far as it is known where the text stands. */
  readonly package: readonly string[];
  readonly item: readonly string[];
  /** Packages of the kernel that stand above, `kernel` of `{kernel.version}`. */
  readonly references: readonly string[];
  /** Options of the design that are texts. */
  readonly options: readonly string[];
}

/** `{file}`, `{-variant}` with a dash where it is not empty, `{prefix-}` with one behind it, `{uname|yocto}`. */
const placeholder = /\{(-?)([A-Za-z][A-Za-z0-9.]*)(?:\|([a-z]+))?(-?)\}/g;

/** legitimize_package_name of openembedded-core. */
const filters: Readonly<Record<string, (text: string) => string>> = {
  yocto: (text) => text.toLowerCase().replaceAll('_', '-').replace(/[@,]/g, '+').replaceAll('/', '-'),
};

/** @throws InputError without a place: an unknown placeholder, or a brace that begins none */
export function parseTemplate(text: string, vocabulary: Vocabulary): Template {
  const parts: Part[] = [];
  let of: Template['of'] = 'kernel';
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    const [whole, before = '', key = '', filter, after = ''] = match;
    parts.push(literal(text.slice(end, match.index)));
    end = match.index + whole.length;
    const value = lookUp(key, vocabulary);
    if (packageLevel(key, vocabulary)) of = 'package';
    parts.push(decorated(value, before, filterNamed(filter), after));
  }
  parts.push(literal(text.slice(end)));
  return { parts: parts.filter((part) => part !== ''), of };
}

/** The placeholders of the kernel are everywhere; a reference is the same for all packages of a kernel, and so is an option. */
function packageLevel(key: string, { package: known, item }: Vocabulary): boolean {
  return !item.includes(key) && known.includes(key);
}

function literal(text: string): string {
  if (!/[{}]/.test(text)) return text;
  throw new InputError('invalid', `a brace that is no placeholder in "${text}"`, {
    expected: 'a placeholder such as {version}',
  });
}

function lookUp(key: string, { package: known, item, references, options }: Vocabulary): Exclude<Part, string> {
  if (item.includes(key)) return (_kernel, _subject, values) => values[key] ?? '';
  const ofPackage = known.includes(key) ? packagePlaceholders[key] : undefined;
  if (ofPackage !== undefined) return (kernel, subject) => ofPackage.value(subject, kernel);
  const ofKernel = kernelPlaceholders[key];
  if (ofKernel !== undefined) return (kernel) => ofKernel.value(kernel);
  if (options.includes(key)) return (kernel) => kernel.text(key);
  const [kind = '', field] = key.split('.');
  if (references.includes(kind) && (field === 'name' || field === 'version' || field === 'release')) {
    return (kernel) => kernel.reference(kind)[field];
  }
  const all = [
    ...item,
    ...known,
    ...Object.keys(kernelPlaceholders),
    ...options,
    ...references.flatMap((reference) => [`${reference}.name`, `${reference}.version`, `${reference}.release`]),
  ];
  const guess = nearest(key, all);
  throw new InputError('unknown-key', `unknown placeholder "{${key}}"`, {
    expected: all.map((word) => `{${word}}`).join(', '),
    ...(guess === null ? {} : { hint: `write "{${guess}}"` }),
  });
}

function filterNamed(name: string | undefined): ((text: string) => string) | undefined {
  if (name === undefined || filters[name] !== undefined) return filters[name ?? ''];
  throw new InputError('unknown-key', `unknown filter "|${name}"`, {
    expected: `|${Object.keys(filters).join(', |')}`,
  });
}

function decorated(
  value: Exclude<Part, string>,
  before: string,
  filter: ((text: string) => string) | undefined,
  after: string,
): Exclude<Part, string> {
  if (before === '' && after === '' && filter === undefined) return value;
  return (kernel, subject, item) => {
    const text = value(kernel, subject, item);
    return text === '' ? '' : `${before}${filter === undefined ? text : filter(text)}${after}`;
  };
}

const noItem: Item = {};

export function render(
  { parts }: Template,
  kernel: KernelContext,
  subject: PackageSubject,
  item: Item = noItem,
): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : part(kernel, subject, item);
  return text;
}

/** A dependency whose name and version are templates. An empty version is none. */
export interface DependencyTemplate {
  readonly name: Template;
  readonly flag: DependencyFlag;
  readonly version: Template | null;
  readonly of: Template['of'];
}

/** @throws InputError without a place: what rpm would not take as a dependency */
export function parseDependencyTemplate(text: string, vocabulary: Vocabulary): DependencyTemplate {
  const sample = text.replace(placeholder, '1');
  if (sample.startsWith('(')) {
    parseRichDependency({ name: sample, range: null });
    const name = parseTemplate(text, vocabulary);
    return { name, flag: 'EQ', version: null, of: name.of };
  }
  const { range } = parseDependency(sample);
  const [nameText = '', , versionText] = text.trim().split(/\s+/);
  const name = parseTemplate(nameText, vocabulary);
  if (range === null || versionText === undefined) return { name, flag: 'EQ', version: null, of: name.of };
  const version = parseTemplate(versionText, vocabulary);
  const of = name.of === 'package' || version.of === 'package' ? 'package' : 'kernel';
  return { name, flag: range.flag, version, of };
}

export function renderDependency(
  template: DependencyTemplate,
  kernel: KernelContext,
  subject: PackageSubject,
  item: Item = noItem,
): Dependency {
  const name = render(template.name, kernel, subject, item);
  const text = template.version === null ? '' : render(template.version, kernel, subject, item);
  if (text === '') return { name, range: null };
  if (text.includes(':')) return { name, range: { flag: template.flag, evr: parseEvr(text) } };
  // What follows the last dash is the release, as rpm cuts it.
  const dash = text.lastIndexOf('-');
  const evr =
    dash <= 0
      ? { epoch: 0, version: text, release: null }
      : { epoch: 0, version: text.slice(0, dash), release: text.slice(dash + 1) };
  return { name, range: { flag: template.flag, evr } };
}
