import type { DependencyKind } from '#rpm';
import { type Grouping, groupings } from '../algorithms/grouping.js';
import { perKind } from '../parts/per-kind.js';
import { type Design, type Line, type PackageKind, refuseUnknown } from './design.js';
import { type Loop, loops, packageLoop } from './loops.js';
import { placed, refuseAt, type WrittenAt } from './place.js';
import { packagePlaceholders } from './placeholders.js';
import {
  type DependencyTemplate,
  parseDependencyTemplate,
  parseTemplate,
  type Template,
  type Vocabulary,
} from './template.js';

/** A design whose texts are taken apart and whose every word is known. */
export interface CompiledDesign {
  readonly design: Design;
  readonly kinds: readonly CompiledKind[];
}

export interface CompiledKind {
  readonly key: string;
  readonly for: 'kernel' | 'module' | 'group' | 'foreign';
  readonly newestOnly: boolean;
  readonly image: boolean;
  /** What the package of a kernel holds; of others whether they hold what they are about. */
  readonly holds: ReadonlySet<string> | null;
  readonly group: Grouping | Template | null;
  readonly noarch: boolean;
  readonly directory: 'updates' | 'extra' | undefined;
  readonly name: Template;
  readonly version: Template | null;
  readonly release: Template | null;
  readonly summary: Template | null;
  readonly description: Template | null;
  readonly files: readonly Template[];
  readonly lines: Readonly<Record<DependencyKind, readonly CompiledLine[]>>;
  readonly kind: PackageKind;
}

export interface CompiledLine {
  readonly template: DependencyTemplate;
  /** A loop, the packages of a kind, or once. */
  readonly loop: Loop | { readonly packagesOf: string } | null;
  readonly line: Line;
}

/** @throws InputError at the first word that the format does not have */
export function compile(design: Design): CompiledDesign {
  const kinds: CompiledKind[] = [];
  for (const kind of design.packages.values()) kinds.push(compiledKind(kind, kinds, design));
  const [first] = kinds;
  if (first === undefined) refuseAt(design.at, 'invalid', 'this design makes no package', { expected: '`packages`' });
  return { design, kinds };
}

function textOptions({ options }: Design): string[] {
  return Object.entries(options).flatMap(([key, { choices }]) => (choices === undefined ? [key] : []));
}

function compiledKind(kind: PackageKind, above: readonly CompiledKind[], design: Design): CompiledKind {
  const { key, fields, fieldsAt } = kind;
  const whatFor = fields.for;
  if (whatFor === undefined || fields.name === undefined) {
    refuseAt(kind.at, 'invalid', `package "${key}" is not complete`, { expected: '`for` and `name` of a new package' });
  }
  const vocabulary = (named: boolean): Vocabulary => ({
    package: Object.entries(packagePlaceholders).flatMap(([word, { of }]) => {
      const fits =
        of === undefined || (of === 'named' ? named : of === 'group' ? whatFor === 'group' : ofModule.has(whatFor));
      return fits ? [word] : [];
    }),
    item: [],
    references: [
      ...above.filter((other) => other.for === 'kernel').map((other) => other.key),
      ...(named && whatFor === 'kernel' ? [key] : []),
    ],
    options: textOptions(design),
  });
  const text = (field: 'name' | 'version' | 'release' | 'summary' | 'description', named: boolean): Template | null => {
    const value = fields[field];
    return value === undefined
      ? null
      : placed(fieldsAt[field] ?? kind.at, () => parseTemplate(value, vocabulary(named)));
  };
  const name = text('name', false);
  if (name === null) refuseAt(kind.at, 'invalid', `package "${key}" has no name`);
  const words = vocabulary(true);
  const lines = perKind((list) => kind.lines[list].map((line) => compiledLine(line, words, design)));
  return {
    key,
    for: whatFor,
    newestOnly: fields.kernels === 'newest',
    image: fields.image === true,
    holds: fields.holds === undefined ? null : new Set(fields.holds),
    group: groupOf(kind, design),
    noarch: fields.arch === 'noarch',
    directory: fields.directory,
    name,
    version: text('version', false),
    release: text('release', false),
    summary: text('summary', true),
    description: text('description', true),
    files: (fields.files ?? []).map((path) => placed(fieldsAt['files'] ?? kind.at, () => parseTemplate(path, words))),
    lines,
    kind,
  };
}

const ofModule: ReadonlySet<string> = new Set(['module', 'foreign']);

function groupOf({ fields, fieldsAt, at }: PackageKind, design: Design): CompiledKind['group'] {
  if (fields.for !== 'group') return null;
  const place = fieldsAt['group'] ?? at;
  const known = groupings.find((grouping) => grouping === fields.group);
  if (known !== undefined) return known;
  const text = fields.group ?? '';
  if (!text.includes('{')) return refuseUnknown(place, `no grouping "${text}"`, text, groupings);
  const words = { package: ['file', 'module'], item: [], references: [], options: textOptions(design) };
  return placed(place, () => parseTemplate(text, words));
}

function compiledLine(line: Line, words: Vocabulary, design: Design): CompiledLine {
  const loop = loopOf(line, design);
  const item = Object.keys(loop === null ? {} : 'packagesOf' in loop ? packageLoop.placeholders : loop.placeholders);
  for (const kind of [line.from, line.notFrom]) {
    if (kind === undefined || design.packages.has(kind)) continue;
    return refuseUnknown(line.at, `no package "${kind}"`, kind, [...design.packages.keys()]);
  }
  // A dependency on packages of a kind is written for each, so that it is about that package.
  const template = placed(line.at, () => parseDependencyTemplate(line.as, { ...words, item }));
  return { template, loop, line };
}

function loopOf({ each, at }: Line, design: Design): CompiledLine['loop'] {
  if (each === null) return null;
  const loop = loops[each];
  if (loop !== undefined) return loop;
  if (design.packages.has(each)) return { packagesOf: each };
  return refuseUnknown(upOne(at), `nothing to repeat a dependency for is called "${each}"`, each, [
    ...Object.keys(loops),
    ...design.packages.keys(),
  ]);
}

function upOne({ path, ...at }: WrittenAt): WrittenAt {
  return { ...at, path: [...path.slice(0, -1), 'each'] };
}
