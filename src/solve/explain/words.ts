/** `ksym(default:a) = 1`, `ksym(default:a) = 1 and 38 more`. */
export function dependencyText(dependencies: readonly string[], namedMax = 1): string {
  // libsolv prints the namespace it knows hardware by; packages do not.
  const shown = dependencies.map((dependency) => dependency.replaceAll('namespace:', ''));
  return shown.length <= namedMax ? shown.join(' and ') : `${shown[0]} and ${shown.length - 1} more`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[]): string {
  return items.length <= 1 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
