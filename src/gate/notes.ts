import { counted } from '#tell';
import type { Baseline } from './baseline.js';

interface Noted {
  readonly baseline: Baseline;
  readonly found: Baseline;
  /** How much of the baseline a part is; null for a whole run. */
  readonly judged: { readonly units: number; readonly all: number } | null;
  /** Values at level off. */
  readonly off: number;
  readonly timed: boolean;
  readonly more: readonly string[];
}

/** What a reader should know before trusting the verdict. */
export function notesOf({ baseline, found, judged, off, timed, more }: Noted): string[] {
  return [
    ...(judged === null
      ? []
      : [
          `This is a part: of ${judged.all} steps, series and facts of the baseline ${judged.units} were judged. The others say nothing.`,
        ]),
    ...(timed
      ? []
      : [
          'Time was not judged: "kmplab gate --time" takes it in turns with the baseline\'s own module and commit on this machine.',
        ]),
    ...(off === 0 ? [] : [`${counted(off, 'value')} at level off ${off === 1 ? 'was' : 'were'} not judged.`]),
    ...moduleNotes(baseline, found),
    ...more,
  ];
}

function moduleNotes(baseline: Baseline, found: Baseline): string[] {
  return (['version', 'build', 'emcc', 'moduleSha256'] as const)
    .filter((key) => baseline.libsolv[key] !== found.libsolv[key])
    .map(
      (key) =>
        `libsolv's ${key} is ${found.libsolv[key]}, the baseline was taken with ${baseline.libsolv[key]}: counters may differ for that reason alone.`,
    );
}
