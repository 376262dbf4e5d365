/** How often each name occurs, the most frequent first, equal ones by name. */
export function tally(names: Iterable<string>): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** The name that most have, of equal ones the first by name; null of none. */
export function mostFrequent(names: Iterable<string>): string | null {
  return tally(names)[0]?.name ?? null;
}
