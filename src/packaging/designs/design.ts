import { InputError, nearest } from '#errors';
import { type DependencyKind, dependencyKinds } from '#rpm';
import { perKind } from '../parts/per-kind.js';
import { placed, refuseAt, type WrittenAt } from './place.js';
import type { DependencyDocument, DesignDocument, DesignEdits, PackageDocument } from './schema.js';

/** One entry of a package's dependencies, as the design writes it. */
export interface Line {
  readonly each: string | null;
  readonly as: string;
  readonly from?: string | undefined;
  readonly notFrom?: string | undefined;
  readonly at: WrittenAt;
}

type PackageFields = Omit<PackageDocument, DependencyKind | 'add' | 'drop' | 'replace'>;

/** Packages of one kind: one of each kernel, kernel module or group. */
export interface PackageKind {
  readonly key: string;
  readonly fields: PackageFields;
  readonly lines: Readonly<Record<DependencyKind, readonly Line[]>>;
  readonly at: WrittenAt;
  /** Where each field is written. */
  readonly fieldsAt: Readonly<Record<string, WrittenAt>>;
}

export interface DesignOption {
  readonly about: string;
  readonly default?: string | undefined;
  readonly choices?: Readonly<Record<string, DesignEdits | null>> | undefined;
  readonly at: WrittenAt;
}

/** A design with what it extends taken in. */
export interface Design {
  readonly name: string;
  readonly about: string;
  readonly question: string;
  readonly source: string;
  readonly client: 'zypper' | 'dnf' | 'none';
  /**
   * The script that makes kernel modules of one kernel visible to another: SUSE's as released, which looks at KMPs outside of kernel/; as
   * in Martin Wilck's branch, which the proposal needs, because its KMPs lie in kernel/; Red Hat's; or none.
   */
  readonly weakModules: 'weak-modules2' | 'weak-modules2-any-directory' | 'weak-modules' | 'none';
  readonly checksums: 'needed' | 'used';
  /** What one hash of symbols is of; a design of such sets also says something of the builds published before. */
  readonly symbolSets: 'directory' | 'module' | undefined;
  readonly kernelPackages: readonly string[];
  readonly options: Readonly<Record<string, DesignOption>>;
  /** Options that a design which this one extends was given there. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly packages: ReadonlyMap<string, PackageKind>;
  readonly at: WrittenAt;
}

const nothing = perKind((): readonly Line[] => []);

/** The design of a document on top of another one. @throws InputError at what it lacks, or changes without it being there */
export function designOf(document: DesignDocument, base: Design | null, name: string, at: WrittenAt): Design {
  const { source, client, weakModules, kernelPackages, ...stated } = { ...base, ...document };
  if (source === undefined || client === undefined || weakModules === undefined || kernelPackages === undefined) {
    refuseAt(at, 'invalid', 'this design is not complete', {
      expected: 'source, client, weakModules, kernelPackages and packages, or `extends`',
    });
  }
  const own = Object.entries(document.options ?? {}).map(
    ([key, option]) => [key, { ...option, at: below(at, 'options', key) }] as const,
  );
  const { about, question, checksums = 'used' } = stated;
  const { symbolSets, fixed = {}, packages = new Map<string, PackageKind>() } = base ?? {};
  const options = { ...base?.options, ...Object.fromEntries(own) };
  const shared = { name, about, question, source, client, weakModules, kernelPackages, checksums, fixed, at };
  return edited({ ...shared, symbolSets, options, packages }, document, at);
}

/** @throws InputError at an edit of what is not there */
export function edited(design: Design, edits: DesignEdits, at: WrittenAt): Design {
  const packages = new Map(design.packages);
  for (const [key, change] of Object.entries(edits.packages ?? {})) {
    const place = below(at, 'packages', key);
    const known = packages.get(key);
    if (change !== null) packages.set(key, editedKind(key, known, change, place));
    else if (!packages.delete(key)) refuseUnknown(place, `no package "${key}" to leave out`, key, [...packages.keys()]);
  }
  const { kernelPackages = design.kernelPackages, symbolSets = design.symbolSets } = edits;
  return { ...design, packages, kernelPackages, symbolSets };
}

function editedKind(key: string, known: PackageKind | undefined, change: PackageDocument, at: WrittenAt): PackageKind {
  const { add = {}, drop = {}, replace = {}, ...rest } = change;
  const { provides, requires, conflicts, obsoletes, suggests, enhances, recommends, supplements, ...fields } = rest;
  const whole = { provides, requires, conflicts, obsoletes, suggests, enhances, recommends, supplements };
  const lines: Record<DependencyKind, readonly Line[]> = { ...(known?.lines ?? nothing) };
  for (const kind of dependencyKinds) {
    const written = whole[kind];
    if (written !== undefined)
      lines[kind] = written.map((dependency, index) => lineOf(dependency, below(at, kind, index)));
    (drop[kind] ?? []).forEach((text, index) => {
      lines[kind] = without(lines[kind], text, below(at, 'drop', kind, index));
    });
    for (const [text, as] of Object.entries(replace[kind] ?? {})) {
      const place = below(at, 'replace', kind, text);
      without(lines[kind], text, place);
      lines[kind] = lines[kind].map((line) => (line.as === text ? { ...line, as, at: place } : line));
    }
    const added = (add[kind] ?? []).map((dependency, index) => lineOf(dependency, below(at, 'add', kind, index)));
    if (added.length > 0) lines[kind] = [...lines[kind], ...added];
  }
  const fieldsAt = Object.fromEntries(Object.keys(fields).map((field) => [field, below(at, field)]));
  return {
    key,
    fields: { ...known?.fields, ...fields },
    lines,
    at: known?.at ?? at,
    fieldsAt: { ...known?.fieldsAt, ...fieldsAt },
  };
}

function lineOf(dependency: DependencyDocument, at: WrittenAt): Line {
  return typeof dependency === 'string' ? { each: null, as: dependency, at } : { ...dependency, at: below(at, 'as') };
}

function without(lines: readonly Line[], text: string, at: WrittenAt): Line[] {
  const left = lines.filter(({ as }) => as !== text);
  if (left.length < lines.length) return left;
  return refuseUnknown(
    at,
    `no dependency "${text}" to change`,
    text,
    lines.map(({ as }) => as),
  );
}

export function refuseUnknown(at: WrittenAt, problem: string, word: string, known: readonly string[]): never {
  const guess = nearest(word, known);
  return placed(at, () => {
    throw new InputError('unknown-key', problem, {
      expected: known.length === 0 ? 'there is none' : `one of ${known.join(', ')}`,
      ...(guess === null ? {} : { hint: `write "${guess}"` }),
    });
  });
}

export function below({ path, ...at }: WrittenAt, ...steps: readonly PropertyKey[]): WrittenAt {
  return { ...at, path: [...path, ...steps] };
}
