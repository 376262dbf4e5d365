import { InvalidArgumentError } from 'commander';

/** A number of an option, 0 or more. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError('expected a whole number from 0 on');
  return number;
}

/** The same from 1 on. */
export function positive(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('expected a whole number from 1 on');
  return number;
}

/** A number of seconds, fractions included. */
export function seconds(text: string): number {
  const number = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || number < 0.001 || number > secondsMax)
    throw new InvalidArgumentError(`expected seconds, up to ${secondsMax}`);
  return number;
}

/** Timers of Node.js end there. */
const secondsMax = 2_000_000;
