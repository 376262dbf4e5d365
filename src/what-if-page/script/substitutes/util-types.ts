export function isNativeError(value: unknown): value is Error {
  return value instanceof Error;
}
