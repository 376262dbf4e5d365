import { InputError } from './input-error.js';
import { shortage } from './resources.js';

/** Calls that are enough to find the place. */
const callsMax = 8;

/**
 * What there is to report of an error that is our own fault, with the calls that led to it, named from the project's root; null where the
 * input or the machine is at fault.
 */
export function bugText(error: unknown): string | null {
  if (error instanceof InputError || shortage(error) !== null) return null;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = text.split('\n');
  const firstCall = lines.findIndex((line) => /^\s+at /.test(line));
  const [said, calls] = firstCall < 0 ? [lines, []] : [lines.slice(0, firstCall), lines.slice(firstCall)];
  const places = calls
    .slice(0, callsMax)
    .map((line) => line.replace(/(?:file:\/\/)?\/\S*?\/(?=(?:src|dist|wasm)\/)/, ''));
  return ['internal error, please report it', ...said, ...places].join('\n');
}
