import { commandLine } from '#files';
import { type Question, questionParts } from './question.js';

/** Options that stand alone. */
const switches: ReadonlySet<string> = new Set(['no-recommends', 'allow-uninstall']);

/** The question as a command that answers it. */
export function questionCommand(question: Question): string {
  const { verb, names } = question.request;
  const options = [...questionParts(question)].flatMap(([key, values]) => {
    if (key === 'verb' || key === 'name') return [];
    return switches.has(key) ? [`--${key}`] : [`--${key}`, ...values];
  });
  return commandLine(['kmplab', 'solve', verb, ...names, ...options]);
}
