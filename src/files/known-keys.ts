/** The keys and words that a zod schema knows, for error messages. */
interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  /** The second half of a pipe. */
  readonly out?: unknown;
  readonly element?: unknown;
  /** Of a record. */
  readonly keyType?: unknown;
  readonly valueType?: unknown;
  readonly options?: readonly unknown[];
  /** Of an enumeration. */
  readonly entries?: Readonly<Record<string, unknown>>;
}

/** The keys that a schema has at a path, in its own order; none where it has no object there. */
export function knownKeys(schema: unknown, path: readonly PropertyKey[]): string[] {
  let found = alternatives(schema);
  for (const key of path) found = found.flatMap((definition) => alternatives(child(definition, key)));
  return [
    ...new Set(found.flatMap(({ shape, keyType }) => Object.keys(shape ?? definitionOf(keyType)?.entries ?? {}))),
  ];
}

/** The definition under `.optional()` and `.default()`; of a union, those of all its options. */
function alternatives(schema: unknown): Definition[] {
  const definition = definitionOf(schema);
  if (definition === null) return [];
  const inner = definition.innerType ?? definition.out;
  if (inner !== undefined) return alternatives(inner);
  return definition.options === undefined ? [definition] : definition.options.flatMap(alternatives);
}

function child({ shape, element, valueType }: Definition, key: PropertyKey): unknown {
  return shape?.[String(key)] ?? element ?? valueType;
}

function definitionOf(schema: unknown): Definition | null {
  if (typeof schema !== 'object' || schema === null || !('def' in schema)) return null;
  const { def } = schema;
  return typeof def === 'object' ? def : null;
}
