import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nevra, parseDependency, provideMatches, type RpmPackage } from '#rpm';
import type { Reason, WhyPackage } from '#run-document';
import { type Libsolv, loadLibsolv, solve, solveAndTellWhy } from '#solve';
import { fullRequest, smallMachine } from '../../support/machine.js';
import { packageNames, smallWorld } from '../../support/random-packages.js';
import { statements } from '../../support/reasons.js';

/** What is told, held against the packages themselves; libsolv has no part in it. */
interface Truth {
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
const asLibsolv = (text: string): string => text.replace(/^modalias\((\w+):(.*)\)$/, '($1 and namespace:modalias($2))');

/** Whether one statement is a true relation of packages, or a true fact about the request or the machine. */
function isTrue(reason: Reason, truth: Truth): boolean {
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

function breaches({ state, nevra: of, tree }: WhyPackage, truth: Truth): string[] {
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

describe('laws of why', () => {
  it('every chain ends in a request, a lock, an installed package or hardware, and every link of it holds', {
    timeout: 240_000,
  }, async () => {
    const libsolv: Libsolv = await loadLibsolv();
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(smallWorld, ({ installed, repository, modaliases, verb, names, noRecommends, locks }) => {
        const named = verb === 'in' || verb === 'rm';
        const {
          input,
          installed: old,
          offered,
        } = smallMachine({ installed, repository, modaliases, machine: { locks } });
        const request = fullRequest({ verb, names: named ? names : [], noRecommends });
        const solved = solve(libsolv, input, request);
        const truth: Truth = {
          all: new Map([...offered, ...old].map((pkg) => [nevra(pkg), pkg])),
          before: new Set(old.map(nevra)),
          after: new Set(solved.result.map((pkg) => pkg.nevra)),
          asked: names,
          locks,
          modaliases,
        };
        const problems = solved.outcome.status === 'solved' ? [] : solved.outcome.problems;
        const untrue = problems.flatMap(({ tree }) => statements(tree)).filter((reason) => !isTrue(reason, truth));
        expect(untrue).toEqual([]);
        for (const name of packageNames) {
          const { why, solved: isSolved } = solveAndTellWhy(libsolv, input, request, name);
          expect(isSolved).toBe(solved.outcome.status === 'solved');
          for (const told of why.packages) {
            expect(breaches(told, truth)).toEqual([]);
            if (verb === 'in' && told.would !== null && ![...truth.before].some((one) => one.startsWith(`${name}-`))) {
              const wanted = `${name} = ${told.nevra.slice(name.length + 1).replace('.x86_64', '')}`;
              const again = solve(libsolv, input, { ...request, names: [...request.names, wanted] });
              expect(again.result.map((pkg) => pkg.nevra)).toContain(told.nevra);
              seen.set('asked again', (seen.get('asked again') ?? 0) + 1);
            }
            for (const { kind } of statements(told.tree)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          }
        }
      }),
      { numRuns: 150, seed: 6 },
    );
    libsolv.dispose();
    // A law about nothing proves nothing.
    for (const kind of [
      'asked',
      'requires',
      'supplements',
      'hardware',
      'kept',
      'nothingProvides',
      'conflicts',
      'locked',
      'recommends',
      'asked again',
    ]) {
      expect([kind, seen.get(kind) ?? 0]).not.toEqual([kind, 0]);
    }
  });
});
