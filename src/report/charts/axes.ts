import { type Mark, round } from './canvas.js';

/** Smallest and largest of the values, or the fallback when there are none. Values may be many, so no spread into a call. */
export function extent(values: readonly number[], fallback: readonly [number, number]): [number, number] {
  if (values.length === 0) return [...fallback];
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** A logarithmic domain out to whole powers of ten, at least one decade wide. */
export function decades([low, high]: readonly [number, number]): [number, number] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  return [10 ** first, 10 ** Math.max(last, first + 1)];
}

/** The powers of ten in a domain made by `decades`. */
export function powersOfTen([low, high]: readonly [number, number]): number[] {
  const first = Math.round(Math.log10(low));
  const last = Math.round(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

export function line(svg: Mark, [x1, y1]: Place, [x2, y2]: Place, className: string): void {
  svg
    .append('line')
    .attr('x1', round(x1))
    .attr('y1', round(y1))
    .attr('x2', round(x2))
    .attr('y2', round(y2))
    .attr('class', className);
}

export type Place = readonly [x: number, y: number];

/** The text with its middle cut out where it is longer than the room for it; the table beside the chart has it in full. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const head = Math.ceil((characters - 1) * 0.6);
  return `${text.slice(0, head)}\u2026${text.slice(text.length - (characters - 1 - head))}`;
}
