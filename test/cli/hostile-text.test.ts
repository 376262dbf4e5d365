import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandsFor } from '../../src/cli/commands/index.js';
import { cli } from '../support/cli.js';
import { hostileRun } from '../support/hostile.js';
import { runDocument } from '../support/run-document.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Sets a terminal's title, turns it red, turns the text around, and hides a space. */
const evil = 'x\u001b]0;pwned\u0007\u001b[31m\u202egpj\u200b';
const unseen = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

/** What each command is given, as its arguments; `none`: it takes nothing of anybody. */
const cases: Readonly<
  Record<string, 'none' | ((directory: string) => Promise<readonly string[]> | readonly string[])>
> = {
  run: async (directory) => [
    await smallLab(directory, (text) =>
      text.replace('question: Does', 'question: "\\e]0;pwned\\a\\e[31m Does \\u202e"\n#'),
    ),
    ...['--samples', '0', '--jobs', '1', '-o', join(directory, 'out')],
  ],
  init: (directory) => [join(directory, evil), '--hardware', evil],
  open: (directory) => [join(directory, evil)],
  completion: () => [evil],
  complete: 'none',
  sweep: (directory) => [join(directory, evil)],
  report: async (directory) => {
    await writeFile(join(directory, 'run.json'), JSON.stringify(hostileRun(runDocument())));
    return [join(directory, 'run.json'), '-o', join(directory, `${evil}.html`)];
  },
  'cache show': 'none',
  'cache prune': () => ['--max', evil],
  challenge: () => [evil],
  compare: (directory) => ['--design', evil, 'modular', join(directory, evil)],
  limits: () => [evil],
  merge: (directory) => [join(directory, evil)],
  plan: (directory) => [join(directory, evil)],
  channel: (directory) => [join(directory, evil), '-o', join(directory, 'out')],
  trend: (directory) => [join(directory, evil)],
  worker: () => ['--queue', 'redis://127.0.0.1', '--libsolv', evil],
  'gate accept': (directory) => [join(directory, evil), '--reason', evil],
  gate: async (directory) => {
    const [run, baseline] = [join(directory, 'run.json'), join(directory, 'baseline.json')];
    await writeFile(run, JSON.stringify(runDocument()));
    await cli('gate', run, '--write-baseline', baseline);
    await writeFile(run, JSON.stringify(runDocument({ name: evil, scenarios: hostileRun(runDocument()).scenarios })));
    return [run, '--baseline', baseline];
  },
  solve: async (directory) => {
    await smallLab(directory);
    const repo = join(directory, 'repo');
    await cli('generate', join(directory, 'one.kernel'), '-o', repo);
    return ['in', evil, '--repo', repo];
  },
  audit: (directory) => ['--rpm-list', join(directory, evil), '--repo', directory],
  generate: async (directory) => {
    await smallLab(directory);
    return [join(directory, 'one.kernel'), '-o', join(directory, evil)];
  },
  'kernel import': async (directory) => {
    await writeFile(join(directory, 'Module.symvers'), '0x00000001\tkfree\tvmlinux\tEXPORT_SYMBOL\t\n');
    return [join(directory, 'Module.symvers'), '--release', '6.1.0', '--flavor', evil, '-o', join(directory, evil)];
  },
  'kernel show': async (directory) => {
    await writeFile(join(directory, evil), 'no kernel');
    return [join(directory, evil)];
  },
  'kernel synth': (directory) => ['--modules', '100', '-o', join(directory, evil)],
  'kernel evolve': () => [evil, '--regime', 'kept'],
  'kernel regimes': () => [evil],
  'kernel history': (directory) => [join(directory, evil)],
  'hardware capture': async (directory) => {
    await writeFile(join(directory, 'udev'), 'P: /devices/a\nE: MODALIAS=pci:v0\n\n');
    return [join(directory, 'udev'), '-o', join(directory, evil)];
  },
  'design show': () => [evil],
  'design compare': () => ['modular', '--histories', '0', '--hardware', evil],
  'design search': (directory) => ['--from', evil, '--edits', join(directory, evil)],
  'hardware list': 'none',
  cost: (directory) => [join(directory, evil)],
  'scenario schema': 'none',
  'scenario reference': 'none',
  testcase: async (directory) => {
    const file = join(directory, 'a.t');
    await writeFile(file, `repo r 0 testtags <inline>\n#>=Ver: 3.0\nsystem x86_64 rpm\n${evil}\n`);
    return [file];
  },
};

function leavesOf(command: Command, path: readonly string[] = []): string[] {
  // A command with an argument does work beside those below it.
  const own = command.commands.length === 0 || command.registeredArguments.length > 0 ? [path.join(' ')] : [];
  return [...own, ...command.commands.flatMap((child) => leavesOf(child, [...path, child.name()]))];
}

it('knows every command there is', async () => {
  const program = new Command();
  const io = { out: () => undefined, err: () => undefined, terminal: false, columns: 80, quiet: false };
  for (const register of await commandsFor([])) register(program, { io, exitWith: () => async () => undefined });
  expect(Object.keys(cases).sort()).toEqual(leavesOf(program).sort());
});

describe('hostile text in what a command prints', () => {
  it.each(Object.keys(cases))('of kmplab %s is shown, and none of it reaches the terminal', async (name) => {
    const given = cases[name] ?? 'none';
    const directory = await temporaryDirectory();
    const more = given === 'none' ? [] : await given(directory);
    const { out, err } = await cli(...name.split(' '), ...more);
    const text = `${out}${err}`;
    expect(text.replace(/[\t\n]/g, ' ')).not.toMatch(unseen);
    if (given !== 'none') expect(text).toMatch(/\\u\{(1b|202e)\}/);
  });

  it('of a mistyped command or option is shown as well', async () => {
    const { err } = await cli(`run${evil}`, `--${evil}`);
    expect(err).toContain('\\u{1b}');
    expect(err.replaceAll('\n', ' ')).not.toMatch(unseen);
  });

  it('stays in JSON, as escapes', async () => {
    const directory = await temporaryDirectory();
    const run = join(directory, 'run.json');
    const baseline = join(directory, 'baseline.json');
    await writeFile(run, JSON.stringify(runDocument({ name: evil })));
    await cli('gate', run, '--write-baseline', baseline);
    const { out } = await cli('gate', run, '--baseline', baseline, '--json');
    expect(JSON.parse(out)).toMatchObject({ run: evil });
    expect(out.replaceAll('\n', ' ')).not.toMatch(unseen);
  });
});
