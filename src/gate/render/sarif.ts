import { visibleJson, visibleLine } from '#tell';
import type { GateCheck, GateVerdict } from '../verdict.js';
import { checkText } from './text.js';

const rules = [
  {
    id: 'moved',
    name: 'ValueMoved',
    shortDescription: { text: 'A value of the run is worse than kmplab-gate.yaml allows against the baseline.' },
    help: {
      text: 'Run the scenario alone and look at the report. If the change is meant, "kmplab gate accept --reason" moves the baseline.',
    },
  },
  {
    id: 'warned',
    name: 'ValueMovedWithinItsLevel',
    shortDescription: { text: 'A value moved that kmplab-gate.yaml only warns of, or that is known until a day.' },
    help: { text: 'Mend it before the known finding expires, or accept it as the new baseline.' },
  },
  {
    id: 'unknown',
    name: 'NotJudged',
    shortDescription: { text: 'Something did not run or has no baseline, so that it cannot be judged.' },
    help: { text: 'Make it run, or accept the run as the baseline so that it is in it.' },
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
        results: checks.flatMap(result),
      },
    ],
  };
  return `${visibleJson(log, 2)}\n`;
}

/** Which rule a status falls under, and how grave it is; what passes has no result. */
const kinds = {
  failed: { ruleId: 'moved', level: 'error' },
  unknown: { ruleId: 'unknown', level: 'warning' },
  warned: { ruleId: 'warned', level: 'warning' },
  known: { ruleId: 'warned', level: 'note' },
} as const;

function result(check: GateCheck): object[] {
  const { subject, aspect, status, file } = check;
  if (status === 'passed' || status === 'better') return [];
  const { ruleId, level } = kinds[status];
  return [
    {
      ruleId,
      ruleIndex: rules.findIndex(({ id }) => id === ruleId),
      level,
      message: { text: visibleLine(`${subject}: ${checkText(check)}`) },
      partialFingerprints: { 'subjectAndAspect/v1': visibleLine(`${subject}: ${aspect}`) },
      ...(file === null
        ? {}
        : {
            locations: [
              { physicalLocation: { artifactLocation: { uri: encodeURI(file.replace(/\p{Surrogate}/gu, '\ufffd')) } } },
            ],
          }),
    },
  ];
}
