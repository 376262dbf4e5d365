import { invariant } from '#errors';
import type { HardwareProfile } from '#hardware';
import {
  type OfferedRepository,
  plainSolves,
  type Repositories,
  runParsedScenario,
  type Solves,
  type StepMemory,
  whyOf,
} from '#run';
import type { StepResult, Why } from '#run-document';
import type { Question } from './question.js';
import { questionScenario } from './scenario.js';

export interface Lab {
  readonly repositories: Repositories<OfferedRepository>;
  /** @throws InputError */
  readonly hardwareNamed: (name: string) => Promise<HardwareProfile>;
  readonly onProgress: (what: string) => void;
  /** Of those who ask several questions. */
  readonly memory?: StepMemory;
  /** Of those who ask one machine again and again; each request on an instance of its own unless given. */
  readonly solves?: Solves;
}

export interface Answered {
  /** What `kmplab run` finds of the question's scenario at its last step, but that no work is counted. */
  readonly step: StepResult;
  /** Why what a text means is there in the end, or is not. @throws InputError */
  readonly why: (name: string) => Promise<Why>;
}

/** Answers a question as the last step of its scenario is answered. @throws InputError */
export async function answer(question: Question, lab: Lab): Promise<Answered> {
  const hardware = question.hardware === null ? null : await lab.hardwareNamed(question.hardware);
  const { repositories, onProgress, memory, solves: lent = plainSolves } = lab;
  const asked: Parameters<Solves['solve']>[] = [];
  const solves: Solves = {
    solve: (machine, request) => {
      asked.push([machine, request]);
      return lent.solve(machine, request);
    },
    again: (machine, request) => lent.again(machine, request),
    ...(lent.installedData === undefined ? {} : { installedData: lent.installedData }),
  };
  const result = await runParsedScenario(questionScenario(question, hardware), {
    repositories,
    solves,
    onProgress,
    ...(memory === undefined ? {} : { memory }),
  });
  const step = result.steps.at(-1);
  const last = asked.at(-1);
  invariant(step !== undefined && last !== undefined, 'a question has a step that asks it');
  const [machine, request] = last;
  return { step, why: (name) => whyOf(machine, request, name) };
}
