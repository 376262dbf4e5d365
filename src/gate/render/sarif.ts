import { visibleJson, visibleLine } from '#tell';
import type { GateCheck, GateVerdict } from '../judge.js';

const rules = [
  {
    id: 'moved',
    name: 'ExactValueMoved',
    shortDescription: { text: 'An exact value of the run is not the one that the baseline has.' },
    help: { text: 'Run the scenario alone and look at the report. If the change is meant, write the baseline anew.' },
  },
  {
    id: 'unknown',
    name: 'NotJudged',
    shortDescription: { text: 'Something did not run or has no baseline, so that it cannot be judged.' },
    help: { text: 'Make it run, or write the baseline anew so that it is in it.' },
  },
] as const;

/** SARIF 2.1.0 (OASIS), for code scanning: one result for each value that moved or is unknown, located at its scenario's file. */
export function renderSarif({ checks }: GateVerdict): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kmplab gate', rules } },
        results: checks.filter(({ status }) => status !== 'passed').map(result),
      },
    ],
  };
  return `${visibleJson(log, 2)}\n`;
}

function result({ subject, aspect, status, expected, found, file }: GateCheck): object {
  return {
    ruleId: status === 'failed' ? 'moved' : 'unknown',
    ruleIndex: status === 'failed' ? 0 : 1,
    level: status === 'failed' ? 'error' : 'warning',
    message: { text: visibleLine(`${subject}: ${aspect}: expected ${expected}, found ${found}`) },
    partialFingerprints: { 'subjectAndAspect/v1': `${subject}: ${aspect}` },
    ...(file === null
      ? {}
      : {
          locations: [
            { physicalLocation: { artifactLocation: { uri: encodeURI(file.replace(/\p{Surrogate}/gu, '\ufffd')) } } },
          ],
        }),
  };
}
