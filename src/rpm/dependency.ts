import { InputError } from '#errors';
import { compareEvr, formatEvr, parseEvr } from './evr.js';
import type { Dependency, DependencyFlag, DependencyRange } from './package.js';

const operators: Readonly<Record<DependencyFlag, string>> = { LT: '<', LE: '<=', EQ: '=', GE: '>=', GT: '>' };

const flagOfOperator: ReadonlyMap<string, DependencyFlag> = new Map([
  ['<', 'LT'],
  ['<=', 'LE'],
  ['=', 'EQ'],
  ['==', 'EQ'],
  ['>=', 'GE'],
  ['>', 'GT'],
]);

/** As `rpm -qR` prints it: `ksym(default:foo) = 1a2b3c`. */
export function formatDependency({ name, range }: Dependency): string {
  return range === null ? name : `${name} ${operators[range.flag]} ${formatEvr(range.evr)}`;
}

export function isRich(dependency: Dependency): boolean {
  return dependency.name.startsWith('(');
}

/** Reads what {@link formatDependency} writes. A rich dependency stays text here; `parseRichDependency` takes it apart. */
export function parseDependency(text: string): Dependency {
  const trimmed = text.trim();
  if (trimmed.startsWith('(')) return { name: trimmed, range: null };
  const [name, operator, evr, ...rest] = trimmed.split(/\s+/);
  // rpm's rule for the first character; everything after it is free, such as the parentheses of ksym().
  if (name === undefined || !/^[A-Za-z0-9_/]/.test(name)) {
    throw new InputError('invalid', `"${text}" is not a dependency`, {
      expected: 'a name that begins with a letter, a digit, _ or /',
    });
  }
  if (operator === undefined) return { name, range: null };
  const flag = flagOfOperator.get(operator);
  if (flag === undefined || evr === undefined || rest.length > 0) {
    throw new InputError('invalid', `"${text}" is not a dependency`, {
      expected: 'name [< | <= | = | >= | > version]',
    });
  }
  return { name, range: { flag, evr: parseEvr(evr) } };
}

const pointsDown = (flag: DependencyFlag): boolean => flag === 'LT' || flag === 'LE';
const pointsUp = (flag: DependencyFlag): boolean => flag === 'GT' || flag === 'GE';
const hasEqual = (flag: DependencyFlag): boolean => flag === 'EQ' || flag === 'LE' || flag === 'GE';

/**
 * Whether two ranges have a version in common, the way rpm (rpmverOverlap) and libsolv (pool_intersect_evrs) decide it. No range
 * overlaps everything. A range without release stands for all releases of its version if it includes equality, else for none.
 */
export function rangesIntersect(a: DependencyRange | null, b: DependencyRange | null): boolean {
  if (a === null || b === null) return true;
  if ((pointsDown(a.flag) && pointsDown(b.flag)) || (pointsUp(a.flag) && pointsUp(b.flag))) return true;
  const ordering = compareEvr(a.evr, b.evr);
  if (ordering < 0) return pointsUp(a.flag) || pointsDown(b.flag);
  if (ordering > 0) return pointsDown(a.flag) || pointsUp(b.flag);
  if (a.evr.release === null && b.evr.release !== null) return hasEqual(a.flag);
  if (b.evr.release === null && a.evr.release !== null) return hasEqual(b.flag);
  return hasEqual(a.flag) && hasEqual(b.flag);
}

/** Whether a simple requirement is met by one provide. A provide without version meets every version, as in rpm and libsolv. */
export function provideMatches(provide: Dependency, requirement: Dependency): boolean {
  return provide.name === requirement.name && rangesIntersect(provide.range, requirement.range);
}
