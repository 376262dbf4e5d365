import { InputError } from '#errors';
import { writtenGzipBytes } from '#repomd';
import { hardwareNamed, kernelNamed, MemoryRepositories } from '#run';
import { outcomeText, stepKeepsText, whyText } from '#tell';
import { answer, questionOf } from '#what-if';
import { type ExitCode, type Io, printJson } from '../io.js';
import { Progress } from '../progress.js';

/** Flags of a question about kernel builds instead of repositories on disk. */
export interface QuestionFlags {
  readonly kernel?: readonly string[];
  readonly scheme?: string;
  readonly had?: readonly string[];
  readonly withhold?: readonly string[];
  readonly change?: readonly string[];
  readonly swap?: readonly string[];
  readonly lock?: readonly string[];
  readonly hardware?: string;
  readonly recommends: boolean;
  readonly allowUninstall?: boolean;
  readonly why?: string;
  readonly json?: boolean;
}

/** Options that repositories on disk have and a question has not. */
const ofRepositories = [
  'repo',
  'priority',
  'installed',
  'running',
  'autoInstalled',
  'zyppConf',
  'exportTestcase',
] as const;

/** Answers the question that the page of "kmplab report --interactive" states as such a command. @throws InputError */
export async function solveQuestion(
  verb: string,
  names: readonly string[],
  flags: QuestionFlags & Partial<Record<(typeof ofRepositories)[number], unknown>>,
  io: Io,
): Promise<ExitCode> {
  const other = ofRepositories.find((option) => flags[option] !== undefined);
  if (other !== undefined) {
    const option = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new InputError('usage', `--${option} is of repositories on disk, --kernel packages them itself`, {
      expected: 'one of both',
    });
  }
  const question = questionOf(partsOf(verb, names, flags));
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const repositories = new MemoryRepositories({
    kernelNamed,
    made: new Map(),
    gzipBytes: async (document) => writtenGzipBytes(document),
    onProgress: progress.say,
  });
  const { step, why } = await answer(question, { repositories, hardwareNamed, onProgress: progress.say });
  progress.done();
  if (flags.why !== undefined) {
    const told = await why(flags.why);
    if (flags.json === true) printJson(io, told);
    else io.out(whyText(told));
  } else if (flags.json === true) printJson(io, step);
  else io.out(`${outcomeText(step.outcome, step.counters)}${stepKeepsText(step)}`);
  return step.outcome.status === 'solved' && step.outcome.unknown.length === 0 ? 0 : 1;
}

function partsOf(verb: string, names: readonly string[], flags: QuestionFlags): ReadonlyMap<string, readonly string[]> {
  const parts: [string, readonly string[] | undefined][] = [
    ['verb', [verb]],
    ['name', names],
    ['scheme', flags.scheme === undefined ? undefined : [flags.scheme]],
    ['kernel', flags.kernel],
    ['hardware', flags.hardware === undefined ? undefined : [flags.hardware]],
    ['had', flags.had],
    ['withhold', flags.withhold],
    ['change', flags.change],
    ['lock', flags.lock],
    ['swap', flags.swap],
    ['no-recommends', flags.recommends ? undefined : ['yes']],
    ['allow-uninstall', flags.allowUninstall === true ? ['yes'] : undefined],
  ];
  return new Map(
    parts.flatMap(([key, values]) => (values === undefined || values.length === 0 ? [] : [[key, values]])),
  );
}
