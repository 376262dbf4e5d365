import { count } from '../numbers.js';

/** Dependencies that a statement lists: the first ones of so many. */
interface Dependencies {
  readonly dependencies: readonly string[];
  readonly dependenciesTotal: number;
}

/** `ksym(default:a) = 1`, `ksym(default:a) = 1 and 38 more`: all of them while they are few. */
export function dependencyText({ dependencies, dependenciesTotal }: Dependencies, namedMax = 3): string {
  const shown = dependencies.map(withoutNamespace);
  return dependenciesTotal <= Math.min(namedMax, shown.length)
    ? andText(shown)
    : `${shown[0] ?? ''} and ${count(dependenciesTotal - 1)} more`;
}

/** libsolv prints the namespace it knows hardware by; packages do not. */
export function withoutNamespace(dependency: string): string {
  return dependency.replaceAll('namespace:', '');
}

/** `a`, `a and b`, `a, b and c`. */
export function andText(items: readonly string[]): string {
  return items.length <= 1 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
