import { dependencyKinds, formatDependency, parseDependency, provideMatches, type RpmPackage } from '#rpm';
import type { Asker, Reason, WhyPackage } from '#run-document';

/** What is told, held against the packages themselves; libsolv has no part in it. */
export interface Truth {
  readonly all: ReadonlyMap<string, RpmPackage>;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  readonly asked: readonly string[];
  readonly locks: readonly string[];
  readonly modaliases: readonly string[];
}

const provides = (pkg: RpmPackage | undefined, dependency: string): boolean =>
  pkg?.provides.some((provide) => provideMatches(provide, parseDependency(dependency))) ?? false;
const has = (list: RpmPackage['requires'] | undefined, dependency: string): boolean =>
  list?.some(({ name, range }) => {
    const other = parseDependency(dependency);
    return name === other.name && JSON.stringify(range) === JSON.stringify(other.range);
  }) ?? false;

/** libsolv's text of `modalias(kernel:pci:v1)`. */
const asLibsolv = (text: string): string =>
  text.replace(/^modalias\(([^:]+):(.*)\)$/, '($1 and namespace:modalias($2))');

/** Whether one statement is a true relation of packages, or a true fact about the request or the machine. */
export function isTrue(reason: Reason, truth: Truth): boolean {
  const { statement: told, decides } = reason;
  const subject = decides?.package ?? null;
  const pkg = truth.all.get(subject ?? '');
  const owner = truth.all.get('by' in told ? (told.by ?? '') : '');
  const anybody = (dependency: string): boolean => [...truth.all.values()].some((one) => provides(one, dependency));
  switch (told.kind) {
    case 'asked':
      return isAsker(told.asker, truth);
    case 'locked':
      return truth.locks.some((lock) => told.what.startsWith(`${lock}-`));
    case 'kept':
      return truth.before.has(told.package);
    case 'requires':
      return told.dependencies.every(
        (dependency) =>
          has(owner?.requires, dependency) && (subject === told.by || subject === null || provides(pkg, dependency)),
      );
    case 'recommends':
      return told.dependencies.every((dependency) => has(owner?.recommends, dependency) && provides(pkg, dependency));
    case 'supplements':
      return told.dependencies.every(
        (dependency) => pkg?.supplements.some(({ name }) => asLibsolv(name) === dependency) ?? false,
      );
    case 'hardware':
      return truth.modaliases.includes(told.modalias);
    case 'nothingProvides':
      return told.dependencies.every((dependency) => !anybody(dependency));
    case 'conflicts':
      return told.dependencies.every((dependency) => has(owner?.conflicts, dependency) && anybody(dependency));
    case 'needed':
      return has(owner?.requires, told.dependency) && provides(truth.all.get(told.package), told.dependency);
    default:
      return true;
  }
}

function isAsker(asker: Asker, { asked }: Truth): boolean {
  if (asker.kind === 'question') return true;
  if (asker.kind === 'lock') return false;
  return asker.name === null ? ['up', 'inr'].includes(asker.verb) : asked.includes(asker.name);
}

/** Texts of an answer that are neither names, dependencies nor hardware of this situation: somebody's sentences. */
export function sentences(answer: unknown, { all, asked, modaliases }: Truth): string[] {
  const dependencies = [...all.values()].flatMap((pkg) => dependencyKinds.flatMap((kind) => pkg[kind]));
  const texts = dependencies.map(formatDependency).flatMap((text) => [text, asLibsolv(text)]);
  const known = new Set([...texts, ...asked, ...modaliases]);
  const found: string[] = [];
  JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'string' && /\s/.test(value) && !known.has(value)) found.push(value);
    return value;
  });
  return found;
}

/** Every way from the first statement down to its leaves. */
function chains(reasons: readonly Reason[]): Reason[][] {
  const way: Reason[] = [];
  return reasons.flatMap((reason, index) => {
    way.splice(reason.depth, way.length, reason);
    return (reasons[index + 1]?.depth ?? 0) > reason.depth ? [] : [[...way]];
  });
}

const groundKinds = ['asked', 'locked', 'kept', 'hardware', 'above', 'chosen'];

/** What an answer says that does not hold, and chains of it that end nowhere. */
export function breaches({ state, nevra: of, reasons }: WhyPackage, truth: Truth): string[] {
  const found: string[] = [];
  const there = { comes: true, stays: true, goes: false, absent: false }[state];
  if (truth.after.has(of) !== there) found.push(`${of} ${state}`);
  if ((state === 'stays' || state === 'goes') !== truth.before.has(of)) found.push(`${of} ${state}, before`);
  for (const reason of reasons) if (!isTrue(reason, truth)) found.push(`untrue: ${JSON.stringify(reason)}`);
  if (there) {
    for (const chain of chains(reasons)) {
      // What was not taken is out for reasons of its own, such as a gap.
      if (chain.some(({ decides }) => decides?.installed === false)) continue;
      const ground = chain.at(-1)?.statement;
      const known = ground?.kind === 'needed' ? truth.after.has(ground.by) : groundKinds.includes(ground?.kind ?? '');
      if (!known) found.push(`the chain of ${of} ends in ${JSON.stringify(ground)}`);
    }
  }
  return found;
}
