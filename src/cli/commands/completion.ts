import { Argument, type Command, type Option } from 'commander';
import { allBuiltinHardware } from '#hardware';
import { builtinNames } from '#kernel';
import { designNames } from '#packaging';
import type { Register } from '../command.js';
import type { ExitCode } from '../io.js';

/** Each script asks the hidden command below for the words that fit. */
const scripts = {
  bash: `_kmplab() {
  local words
  words=$(kmplab complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _kmplab kmplab
`,
  zsh: `#compdef kmplab
_kmplab() {
  local -a found
  found=(\${(f)"$(kmplab complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  compadd -a found || _files
}
compdef _kmplab kmplab
`,
  fish: `complete -c kmplab -a '(set -l words (commandline -opc) (commandline -ct); kmplab complete -- $words[2..-1] 2>/dev/null)'
`,
} as const;

export const registerCompletion: Register = (program, { io, exitWith }) => {
  program
    .command('completion')
    .description('print what makes a shell complete commands, options, designs, kernels and machines')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      '\nExamples:\n  source <(kmplab completion bash)\n  kmplab completion fish > ~/.config/fish/completions/kmplab.fish',
    )
    .action(
      exitWith((shell: keyof typeof scripts) => {
        io.out(scripts[shell]);
        return 0;
      }),
    );
  program
    .command('complete', { hidden: true })
    .description('words that can stand last in a command line')
    .argument('[word...]')
    .action(
      exitWith(async (words: string[]): Promise<ExitCode> => {
        const fitting = (await candidates(program, words)).filter((one) => one.startsWith(words.at(-1) ?? ''));
        io.out(fitting.map((word) => `${word}\n`).join(''));
        return 0;
      }),
    );
};

/** What options of these names take, wherever they are. */
const valuesOf: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  scheme: async () => designNames(),
  hardware: allBuiltinHardware,
  kernel: builtinNames,
};

/** What can stand in place of the last word. Files are the shell's to complete: where there are only these, nothing is said. */
async function candidates(program: Command, words: readonly string[]): Promise<readonly string[]> {
  let command = program;
  let at = 0;
  for (const word of words.slice(0, -1)) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) break;
    command = next;
    at += 1;
  }
  const given = words.slice(at, -1);
  const last = words.at(-1) ?? '';
  const options = command.options.filter(({ hidden }) => !hidden);
  if (last.startsWith('-')) return ['--help', ...options.flatMap(({ long }) => long ?? [])];
  const option = openOption(options, given);
  if (option !== null) return option.argChoices ?? (await valuesOf[option.name()]?.()) ?? [];
  if (command.commands.length > 0)
    return command.commands.map((one) => one.name()).filter((name) => name !== 'complete');
  const position = given.filter((word) => !word.startsWith('-')).length;
  const argument = command.registeredArguments[position];
  if (argument?.name() === 'design') return designNames();
  return argument?.argChoices ?? [];
}

/** The option that the words before leave open: one that takes a value, with nothing behind it, or one that takes several. */
function openOption(options: readonly Option[], given: readonly string[]): Option | null {
  const index = given.findLastIndex((word) => word.startsWith('--'));
  const option = options.find(({ long }) => long === given[index]);
  if (option === undefined || !(option.required || option.optional)) return null;
  return index === given.length - 1 || option.variadic ? option : null;
}
