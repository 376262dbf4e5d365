import { parseDependency, provideMatches, type RpmPackage } from '#rpm';
import type { Reason, WhyPackage } from '#run-document';
import { statements } from './reasons.js';

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
  const { kind, package: subject, by, dependencies, text } = reason;
  const pkg = truth.all.get(subject ?? '');
  const owner = truth.all.get(by ?? '');
  const anybody = (dependency: string): boolean => [...truth.all.values()].some((one) => provides(one, dependency));
  switch (kind) {
    case 'asked':
      return (
        text.startsWith('the question') ||
        truth.asked.some((name) => text.includes(` ${name}"`)) ||
        /zypper (up|inr)"/.test(text)
      );
    case 'locked':
      return truth.locks.some((lock) => text.includes(`${lock}-`));
    case 'kept':
      return subject === null || pkg === undefined || truth.before.has(by ?? subject);
    case 'requires':
      return dependencies.every(
        (dependency) =>
          has(owner?.requires, dependency) && (subject === by || subject === null || provides(pkg, dependency)),
      );
    case 'recommends':
      return dependencies.every((dependency) => has(owner?.recommends, dependency) && provides(pkg, dependency));
    case 'supplements':
      return dependencies.every(
        (dependency) => pkg?.supplements.some(({ name }) => asLibsolv(name) === dependency) ?? false,
      );
    case 'hardware':
      return truth.modaliases.includes(dependencies[0] ?? '');
    case 'nothingProvides':
      return dependencies.every((dependency) => !anybody(dependency));
    case 'conflicts':
      return dependencies.every((dependency) => has(owner?.conflicts, dependency) && anybody(dependency));
    default:
      return true;
  }
}

/** Every way from a statement down to its leaves. */
function chains(reason: Reason): Reason[][] {
  if (reason.because.length === 0) return [[reason]];
  return reason.because.flatMap((below) => chains(below).map((rest) => [reason, ...rest]));
}

const groundKinds = ['asked', 'locked', 'kept', 'hardware', 'above', 'chosen'];

/** What an answer says that does not hold, and chains of it that end nowhere. */
export function breaches({ state, nevra: of, tree }: WhyPackage, truth: Truth): string[] {
  const found: string[] = [];
  const there = { comes: true, stays: true, goes: false, absent: false }[state];
  if (truth.after.has(of) !== there) found.push(`${of} ${state}`);
  if ((state === 'stays' || state === 'goes') !== truth.before.has(of)) found.push(`${of} ${state}, before`);
  for (const reason of statements(tree))
    if (!isTrue(reason, truth)) found.push(`untrue: ${reason.kind} ${reason.text}`);
  if (there) {
    for (const chain of chains(tree)) {
      // What was not taken is out for reasons of its own, such as a gap.
      if (chain.some(({ installed }) => installed === false)) continue;
      const ground = chain.at(-1);
      const known =
        ground?.kind === 'requires' ? truth.after.has(ground.by ?? '') : groundKinds.includes(ground?.kind ?? '');
      if (!known) found.push(`the chain of ${of} ends in ${ground?.kind}: ${ground?.text}`);
    }
  }
  return found;
}
