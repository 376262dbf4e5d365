import type { Costs } from '#cost';

/** A costs document for the terminal: a paragraph for each measured curve, a line for each figure from elsewhere. */
export function costsText({ name, environment, measured, modelled }: Costs): string {
  const { processor, processors, kmod, rpm, dracut } = environment;
  return [
    `${name}: ${processor}, ${processors} processors, kmod ${kmod}, rpm ${rpm}, dracut ${dracut}`,
    '',
    ...Object.values(measured).flatMap(({ what, unit, points }) => [
      `measured: ${what}`,
      ...points.map(({ n, seconds }) => `  ${String(n).padStart(6)} ${unit}: ${seconds.toFixed(3)} s`),
    ]),
    '',
    ...Object.entries(modelled).map(([key, { value, basis, source }]) => `${basis}: ${key} ${value} (${source})`),
    '',
  ].join('\n');
}
