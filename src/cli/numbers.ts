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
