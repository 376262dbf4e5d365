import { sha256Hex } from '#files';
import { designNamed } from './named.js';

/**
 * A hash of what a design says, of all that it extends taken in, wherever its files lie: two that are equal package alike.
 *
 * @throws InputError
 */
export function designMeaning(name: string): string {
  return sha256Hex(JSON.stringify(designNamed(name), withoutPlaces));
}

function withoutPlaces(key: string, value: unknown): unknown {
  if (key === 'at' || key === 'fieldsAt') return undefined;
  return value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value;
}
