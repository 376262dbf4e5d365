/** States what must hold if our own code is right. Its failure is a bug of this lab: exit code 3 and a stack trace. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`kmplab bug: ${what}`);
}
