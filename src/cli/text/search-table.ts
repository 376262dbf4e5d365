import type { Candidate, SearchResult } from '#design-search';
import { bytes, compact, count, counted, evidenceText } from '#tell';
import { textTable } from './text-table.js';

/** The smallest sets of edits that keep everything, what they cost, and why the others do not. */
export function searchText({ from, candidates, tried, promises }: SearchResult): string {
  const keeps = candidates.filter((candidate) => candidate.status === 'keeps');
  const rows = keeps.map(({ edits, costs, onFront }) => [
    nameOf(from, edits),
    costs === null ? '-' : bytes(costs.metadataBytes),
    costs === null ? '-' : bytes(costs.downloadBytes),
    costs === null ? '-' : `${count(costs.rebuilt)} of ${count(costs.packages)}`,
    costs === null ? '-' : compact(costs.work),
    onFront ? 'yes' : '',
  ]);
  const head = ['keeps everything', 'metadata', 'update', 'rebuilt', 'work', 'unbeaten'];
  const whole = keeps.flatMap(({ edits, costs }) =>
    costs === null || costs.broken.length === 0
      ? []
      : [`${nameOf(from, edits)} breaks ${costs.broken.join(', ')} with whole kernels.`],
  );
  const lost = candidates.filter((candidate) => candidate.status === 'thrownOut' || candidate.status === 'refused');
  const larger = candidates.filter(({ status }) => status === 'notSmallest').length;
  const over = `${counted(promises.length, 'promise')}, ${counted(tried.scenarios, 'scenario')}, ${counted(tried.histories, 'random history', 'random histories')}`;
  return [
    keeps.length === 0 ? `No set of these edits to ${from} keeps all promises.` : textTable(head, rows),
    ...whole,
    '',
    ...lost.map((one) => `${nameOf(from, one.edits)}: ${whyLost(one)}`),
    '',
    `${counted(candidates.length, 'set')} of edits, ${count(larger)} of them larger than one that keeps everything. Each was put to ${over}.`,
    '',
  ].join('\n');
}

function nameOf(from: string, edits: readonly string[]): string {
  return [from, ...edits].join(' + ');
}

function whyLost(one: Extract<Candidate, { status: 'thrownOut' | 'refused' }>): string {
  if (one.status === 'refused') return `refused, ${one.error}`;
  const { evidence, scenario, step, request } = one.counterexample;
  const [first] = evidence;
  const what = first === undefined ? '' : evidenceText(first);
  return `${one.promise}: ${what}, after "${request}" (${step} of ${scenario.replace(/ under .*/, '')})`;
}
