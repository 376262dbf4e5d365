import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, type Option } from 'commander';
import { expect, it } from 'vitest';
import { commandsFor } from '../../src/cli/commands/index.js';
import { ioOf } from '../../src/cli/io.js';
import { OutputOption, tryOutputs } from '../../src/cli/output-option.js';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

const program = new Command('kmplab');
const io = ioOf({ out: () => undefined, err: () => undefined, terminal: false, columns: 80 });
for (const register of await commandsFor([])) register(program, { io, exitWith: () => async () => undefined });

it.each([
  // Each would work for long, or fail for what its input lacks, had it not tried the place first.
  ['kernel evolve', ['kernel', 'evolve', 'nosuch', '--regime', 'y', '-o']],
  ['kernel synth', ['kernel', 'synth', '--modules', '1', '-o']],
  ['kernel import', ['kernel', 'import', '/nosuch', '-o']],
  ['kernel show', ['kernel', 'show', 'nosuch', '--html']],
  ['generate', ['generate', 'nosuch', '-o']],
  ['generate --spec', ['generate', 'nosuch', '-o', '/tmp/nosuch', '--spec']],
  ['report', ['report', '/nosuch/run.json', '-o']],
  ['run', ['run', '/nosuch/scenario.yaml', '-o']],
  ['sweep', ['sweep', '/nosuch/sweep.yaml', '-o']],
  ['gate --write-baseline', ['gate', '/nosuch/run.json', '--write-baseline']],
  ['gate --junit', ['gate', '/nosuch/run.json', '--baseline', '/nosuch', '--junit']],
  ['solve --export-testcase', ['solve', 'in', 'a', '--repo', '/nosuch', '--export-testcase']],
  ['hardware capture', ['hardware', 'capture', '/nosuch', '-o']],
  ['cost', ['cost', '/nosuch', '-o']],
])('%s tries the place of its output before its work', async (_, args) => {
  const { code, err } = await cli(...args, '/proc/no/such/place');
  expect(code).toBe(2);
  expect(err).toMatch(/^kmplab: \/proc\/no\/such.*\n {2}expected: a place that can be written to/);
});

it('knows every option that names an output', () => {
  const isOutput = ({ long }: Option): boolean =>
    /^--(output|write-.*|export-.*|spec|html|junit|sarif|markdown)$/.test(long ?? '');
  const named = allCommands(program).flatMap((command) => command.options.filter(isOutput));
  expect(named.length).toBeGreaterThan(10);
  for (const option of named) expect([option.flags, option instanceof OutputOption]).toEqual([option.flags, true]);
});

it('refuses a directory that holds other files and a device, and leaves nothing behind', async () => {
  const room = await temporaryDirectory();
  await mkdir(join(room, 'foreign'));
  await writeFile(join(room, 'foreign', 'mine'), '');
  await symlink('/dev/null', join(room, 'device'));
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, err } = await cli(...args);
    return `${code} ${err}`;
  };
  expect(await refused(['generate', 'nosuch', '-o', join(room, 'foreign')])).toMatch(/^2 .*holds other files/);
  expect(await refused(['kernel', 'synth', '--modules', '1', '-o', join(room, 'device')])).toMatch(/^2 .*regular file/);
  expect((await readdir(room)).sort()).toEqual(['device', 'foreign']);
});

it('tries the working directory where a command names its output after what it read', async () => {
  const synth = allCommands(program).find((command) => command.name() === 'synth');
  const output = synth?.options.find((option) => option.attributeName() === 'output');
  expect(output instanceof OutputOption && output.otherwise).toBe('.');
  const nowhere = new Command('nowhere').addOption(
    new OutputOption('-o, --output <file>', '', 'file', '/proc/no/such'),
  );
  await expect(tryOutputs(nowhere)).rejects.toMatchObject({ name: 'InputError', file: '/proc/no/such' });
});
