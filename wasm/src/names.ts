/** Turns a table of libsolv's numbers around. */
export function namesByValue<Name extends string>(table: Readonly<Record<Name, number>>): ReadonlyMap<number, Name> {
  const names = Object.keys(table).filter((key): key is Name => Object.hasOwn(table, key));
  return new Map(names.map((name) => [table[name], name]));
}
