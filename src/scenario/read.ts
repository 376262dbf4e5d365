import { basename } from 'node:path';
import { type DocumentKind, parseYaml, readInputText } from '#files';
import { type Scenario, scenarioSchema } from './scenario.js';

export interface ScenarioFile {
  /** File name without folder and suffix. */
  readonly id: string;
  readonly file: string;
  /** What was read, for errors that are found later to say where they are. */
  readonly text: string;
  readonly scenario: Scenario;
}

const kind: DocumentKind<Scenario> = {
  schema: scenarioSchema,
  what: 'a scenario',
  hint: 'docs/scenarios.md tells what a scenario says',
};

/** A scenario is written by a person; a file over this size is not one. */
const limitBytes = 1 << 20;

/** Reads one scenario. Throws InputError with file, line and column: missing, too-large, corrupt (YAML), unknown-key, invalid. */
export async function readScenario(file: string): Promise<ScenarioFile> {
  const text = await readInputText(file, { limitBytes, expected: 'a scenario; scenarios/ has those that come along' });
  return { id: basename(file).replace(/\.ya?ml$/, ''), file, text, scenario: parseScenario(text, file) };
}

/** @throws InputError as `parseYaml` does */
export function parseScenario(text: string, file: string): Scenario {
  return parseYaml(text, file, kind);
}
