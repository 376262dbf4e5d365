import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { Register } from '../../src/cli/command.js';
import { commandsFor } from '../../src/cli/commands/index.js';
import { ioOf } from '../../src/cli/io.js';

const io = ioOf({ out: () => undefined, err: () => undefined, terminal: false, columns: 80 });

function visibleNames(registers: readonly Register[]): string[] {
  const program = new Command('kmplab');
  for (const register of registers) register(program, { io, exitWith: () => async () => undefined });
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name());
}

const every = visibleNames(await commandsFor([])).filter((name) => name !== 'help');

it.each(every)('kmplab %s loads that command, and no other', async (name) => {
  expect(visibleNames(await commandsFor(['--quiet', name, 'run'])).filter((found) => found !== 'help')).toEqual([name]);
});

it.each([[['--help']], [['help', 'run']], [['nosuch']], [['complete', '--', 'r']]])(
  'kmplab %j knows every command',
  async (args) => {
    expect(visibleNames(await commandsFor(args)).filter((name) => name !== 'help')).toEqual(every);
  },
);
