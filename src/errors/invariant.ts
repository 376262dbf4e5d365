/** States what must hold if our own code is right. Its failure is a bug of this lab: exit code 3 and a stack trace. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`kmplab bug: ${what}`);
}

/** Closes a switch over a union: the compiler refuses a case that was forgotten. */
export function assertNever(value: never, what: string): never {
  throw new Error(`kmplab bug: ${what}: ${JSON.stringify(value)}`);
}
