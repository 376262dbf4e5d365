import type { PhaseSamples, RunDocument } from '#run-document';
import { median, spread } from '#statistics';
import { count, counted, duration, fixed, tickDuration } from '#tell';
import type { SamplesChart } from '../charts/samples.js';
import { phaseText, solverPhases } from './phases.js';

export interface TimeView {
  readonly chart: SamplesChart;
  /** Says what the chart leaves to the table; empty when it shows all. */
  readonly extent: string;
  readonly summary: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly request: string;
    readonly cells: readonly { readonly median: string; readonly iqr: string }[];
  }[];
  readonly phases: readonly { readonly name: string; readonly meaning: string }[];
}

interface Measured {
  readonly name: string;
  readonly request: string;
  readonly phases: readonly PhaseSamples[];
}

/** A chart of more requests than this is longer than a screen. */
const shownMax = 8;

/** Null when no step of any scenario was timed. */
export function timeView({ scenarios }: RunDocument): TimeView | null {
  const measured: Measured[] = scenarios.flatMap(({ id, steps }) =>
    steps.map(({ name, request, phases }) => ({ name: `${id}: ${name}`, request, phases })),
  );
  const shown = slowest(measured);
  const present = solverPhases.filter((phase) => measured.some(({ phases }) => phases.some((p) => p.phase === phase)));
  if (present.length === 0) return null;
  return {
    chart: {
      id: 'chart-time',
      title: 'Time by phase, every sample',
      description: `Raw samples of ${counted(shown.length, 'request')} in ${counted(present.length, 'phase')} on a logarithmic axis; the table below has the medians.`,
      tickText: tickDuration,
      groups: present.map((phase) => ({
        label: phaseText[phase].name,
        rows: shown.flatMap(({ name, phases }) => {
          const samples = phases.find((candidate) => candidate.phase === phase);
          return samples === undefined ? [] : [row(name, samples.samplesMs)];
        }),
      })),
    },
    extent:
      shown.length < measured.length
        ? `Shown are the ${count(shown.length)} of ${counted(measured.length, 'request')} that took the most time.`
        : '',
    summary: `Medians of ${measured.length === 1 ? 'the request' : `all ${counted(measured.length, 'request')}`}`,
    columns: present.map((phase) => phaseText[phase].name),
    rows: measured.map(({ name, request, phases }) => ({
      name,
      request,
      cells: present.map((phase) => {
        const samples = phases.find((candidate) => candidate.phase === phase);
        if (samples === undefined) return { median: '\u2013', iqr: '' };
        const { median: middle, iqr } = spread(samples.samplesMs);
        return { median: fixed(middle, 2), iqr: `\u00b1 ${fixed(iqr / 2, 2)}` };
      }),
    })),
    phases: present.map((phase) => phaseText[phase]),
  };
}

/** Those with the largest sum of medians, in their order. */
function slowest(measured: readonly Measured[]): readonly Measured[] {
  const total = ({ phases }: Measured): number =>
    phases.reduce((sum, { phase, samplesMs }) => (solverPhases.includes(phase) ? sum + median(samplesMs) : sum), 0);
  const kept = new Set([...measured].sort((a, b) => total(b) - total(a)).slice(0, shownMax));
  return measured.filter((request) => kept.has(request));
}

function row(label: string, samplesMs: readonly number[]): SamplesChart['groups'][number]['rows'][number] {
  const medianMs = median(samplesMs);
  return { label, samplesMs, medianMs, value: duration(medianMs) };
}

/** `5 to 9 samples`, for the section on method. */
export function sampleCounts({ scenarios, growth }: RunDocument): string {
  const numbers = [
    ...scenarios.flatMap(({ steps }) => steps.flatMap(({ phases }) => phases)),
    ...growth.flatMap(({ points }) => points.flatMap(({ phases }) => phases)),
  ].map(({ samplesMs }) => samplesMs.length);
  if (numbers.length === 0) return 'no samples';
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const most = numbers.reduce((a, b) => Math.max(a, b));
  return least === most ? counted(most, 'sample') : `${count(least)} to ${counted(most, 'sample')}`;
}
