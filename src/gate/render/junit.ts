import { visibleLine } from '#tell';
import type { GateCheck, GateVerdict } from '../verdict.js';
import { bySubject, checkText } from './text.js';

/**
 * JUnit's XML as CI systems read it: a suite a subject, a case a value. What is unknown is an error, since most readers count what is
 * skipped as fine.
 */
export function renderJunit({ run, checks }: GateVerdict): string {
  const suites = [...bySubject(checks)].map(([subject, list]) => suite(subject, list));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${xml(`kmplab gate ${run}`)}" ${totals(checks)}>
${suites.join('\n')}
</testsuites>
`;
}

function suite(subject: string, checks: readonly GateCheck[]): string {
  const cases = checks.map((check) => testCase(check));
  return `  <testsuite name="${xml(subject)}" ${totals(checks)} skipped="0">\n${cases.join('\n')}\n  </testsuite>`;
}

function totals(checks: readonly GateCheck[]): string {
  const count = (wanted: GateCheck['status']): number => checks.filter(({ status }) => status === wanted).length;
  return `tests="${checks.length}" failures="${count('failed')}" errors="${count('unknown')}" time="0"`;
}

function testCase(check: GateCheck): string {
  const { subject, aspect, status, rerun } = check;
  const open = `    <testcase classname="${xml(subject)}" name="${xml(aspect)}" time="0"`;
  if (status === 'passed') return `${open}/>`;
  const detail = rerun === null ? '' : xml(`run it alone: ${rerun}`);
  if (status !== 'failed' && status !== 'unknown')
    return `${open}><system-out>${xml(`${status}: ${checkText(check)}`)}</system-out></testcase>`;
  const element = status === 'failed' ? 'failure' : 'error';
  return `${open}><${element} message="${xml(checkText(check))}" type="${status}">${detail}</${element}></testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escaped for text and attributes; what nobody sees is shown, and the two characters left that XML 1.0 cannot hold become U+FFFD. */
function xml(text: string): string {
  return visibleLine(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
