import { type Command, Option } from 'commander';
import { tryDirectory, tryNewDirectory, tryOutput } from '#files';

/**
 * What an option names: a file (`-` prints it instead), a directory that files are put into, or one that appears as a whole. `command`: what
 * it is depends on other options, and the command tries it.
 */
type Output = 'file' | 'files' | 'command' | { readonly mayReplace: (entries: readonly string[]) => boolean };

/** An option that says where results are written: the place is tried before the work, which a full disk or a typing error would cost. */
export class OutputOption extends Option {
  readonly output: Output;
  /** The directory that they are written to without the option; null: none, or the command says for itself. */
  readonly otherwise: string | null;

  constructor(flags: string, description: string, output: Output = 'file', otherwise: string | null = null) {
    super(flags, description);
    this.output = output;
    this.otherwise = otherwise;
  }
}

/** Tries every place that a command will write to. @throws InputError as writing there would */
export async function tryOutputs(command: Command): Promise<void> {
  for (const option of command.options) {
    if (!(option instanceof OutputOption)) continue;
    const given: unknown = command.getOptionValue(option.attributeName());
    if (typeof given === 'string') await tryPlace(given, option.output);
    else if (option.otherwise !== null) await tryDirectory(option.otherwise);
  }
}

function tryPlace(place: string, output: Output): Promise<void> {
  if (output === 'command') return Promise.resolve();
  if (output === 'files') return tryDirectory(place);
  if (output !== 'file') return tryNewDirectory(place, output);
  return place === '-' ? Promise.resolve() : tryOutput(place);
}
