import { scenarioJsonSchema, scenarioReference } from '#scenario';
import type { Register } from '../command.js';
import { printJson } from '../io.js';

export const registerScenario: Register = (program, { io, exitWith }) => {
  const scenario = program.command('scenario').description('the format of scenario files');
  scenario
    .command('schema')
    .description('print it as JSON Schema; scenarios/scenario.schema.json is this')
    .action(
      exitWith(() => {
        printJson(io, scenarioJsonSchema());
        return 0;
      }),
    );
  scenario
    .command('reference')
    .description('print it as Markdown tables; docs/scenarios.md has them')
    .action(
      exitWith(() => {
        io.out(scenarioReference());
        return 0;
      }),
    );
};
