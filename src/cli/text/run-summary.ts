import { join } from 'node:path';
import type { RunDocument, ScenarioResult, StepResult } from '#run-document';
import { answerText, causeLines, counted, expectedText, foundText, verdictSentences } from '#tell';

/** What a person reads on the terminal after a run: the verdict, a paragraph for each scenario, and where the rest is. */
export function runSummary(document: RunDocument, directory: string | null): string {
  const { verdict, scenarios, rootCauses, notRun } = document;
  return [
    ...scenarios.map(scenarioText),
    ...notRun.map(notRunText),
    ...causeLines(rootCauses),
    ...(rootCauses.total > 0 ? [''] : []),
    ...verdictSentences(document).map((sentence) => wrap(sentence, '', '')),
    '',
    `${verdict.status}: ${counts(document)}`,
    ...(directory === null
      ? []
      : [`report: ${join(directory, 'index.html')}`, `numbers: ${join(directory, 'run.json')}`]),
    '',
  ].join('\n');
}

function counts({ scenarios, growth }: RunDocument): string {
  if (scenarios.length === 0 && growth.length > 0) return `${growth.length} growth series`;
  const words = (['passed', 'failed', 'error', 'bug'] as const).map((status) => {
    const number = scenarios.filter((scenario) => scenario.status === status).length;
    return number === 0 ? '' : `${number} ${status}`;
  });
  return `${counted(scenarios.length, 'scenario')}, ${words.filter((word) => word !== '').join(', ')}`;
}

const marks = { passed: 'ok  ', failed: 'FAIL', error: 'ERR ', bug: 'BUG ' } as const;

function scenarioText({ id, status, question, error, steps, rerun }: ScenarioResult): string {
  const failures = steps.flatMap(failedExpectations);
  const again = status === 'passed' ? [] : [`     again: ${rerun}`];
  return [
    `${marks[status]} ${id}`,
    ...(question === '' ? [] : [wrap(question, '     ', '     ')]),
    error === null ? wrap(answerText({ error, steps }), '     > ', '       ') : error.replace(/^/gm, '     '),
    ...failures,
    ...again,
    '',
  ].join('\n');
}

function notRunText({ what, why, bug }: RunDocument['notRun'][number]): string {
  return `${bug ? marks.bug : marks.error} ${what}: did not run\n${why.replace(/^/gm, '     ')}\n`;
}

function failedExpectations({ name, expectations }: StepResult): string[] {
  return expectations
    .filter(({ passed }) => !passed)
    .map(
      (expectation) =>
        `     ${name}: ${expectation.aspect}\n       expected: ${expectedText(expectation)}\n       found:    ${foundText(expectation)}`,
    );
}

const width = 110;

/** Breaks a paragraph at spaces. */
function wrap(text: string, first: string, rest: string): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = rest;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}
