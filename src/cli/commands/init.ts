import { InputError } from '#errors';
import { pathExists, writeFileAtomic } from '#files';
import { hardwareNamed, kernelNamed } from '#run';
import { parseScenario } from '#scenario';
import type { Register } from '../command.js';
import type { ExitCode, Io } from '../io.js';

interface InitFlags {
  readonly kernel: readonly string[];
  readonly hardware: string;
}

export const registerInit: Register = (program, { io, exitWith }) => {
  program
    .command('init')
    .description('write a scenario to start from: a machine, and an update of its kernel')
    .argument('[file]', 'where it goes; what is there is left alone', 'scenario.yaml')
    .option(
      '--kernel <older newer...>',
      'two kernel builds, ready ones or files of "kmplab kernel import"; one is installed twice',
      ['debian-6.1.0-52-amd64', 'debian-6.1.0-53-amd64'],
    )
    .option('--hardware <profile>', 'a ready profile, or the file of one', 'laptop-e1000e')
    .addHelpText(
      'after',
      '\nExamples:\n  kmplab init\n  kmplab init mine.yaml --kernel mine.kernel.json.zst --hardware server-intel',
    )
    .action(exitWith((file: string, flags: InitFlags) => init(file, flags, io)));
};

async function init(file: string, { kernel, hardware }: InitFlags, io: Io): Promise<ExitCode> {
  if (await pathExists(file)) {
    throw new InputError('usage', 'there is a file already', { file, hint: 'name another one, or move it away' });
  }
  const [older = '', newer] = kernel;
  for (const name of kernel) await kernelNamed(name);
  await hardwareNamed(hardware);
  const text = scenarioText(older, newer, hardware);
  parseScenario(text, file);
  await writeFileAtomic(file, text);
  io.err(`scenario written to ${file}; run it with: kmplab run ${file}\n`);
  return 0;
}

/** JSON strings are YAML strings, whatever a name holds. */
function scenarioText(older: string, newer: string | undefined, hardware: string): string {
  const quoted = (text: string): string => JSON.stringify(text);
  const update = newer === undefined ? '' : `  update: { kernels: [${quoted(newer)}] }\n`;
  const step =
    newer === undefined
      ? ''
      : `  - name: kernel update
    repositories: [base, update]
    request: { verb: up }
    expect: { status: solved }
`;
  return `question: Does the machine keep its drivers?
# docs/scenarios.md tells what can stand here. What a step expects is checked; what it leads to is in the report.
scheme: modular
hardware: ${quoted(hardware)}
repositories:
  base: { kernels: [${quoted(older)}], userspace: true }
${update}steps:
  - name: fresh install
    repositories: [base]
    request: { verb: in, names: [kernel-default, base-system] }
    expect: { status: solved }
${step}`;
}
