import { cli } from '../support/cli.js';

const words = ['done', 'judged negative', 'refused'];

/** Runs a command in this process: done, judged negative or refused. Anything else is a fault, and so is a refusal without a word. */
export async function command(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await cli(...args);
  const said = `${args.join(' ').slice(0, 300)}\n${err.slice(0, 3000)}`;
  const word = words[code];
  if (word === undefined) throw new Error(`exit ${code}: ${said}`);
  if (code === 2 && err === '' && out === '') throw new Error(`refused without a word: ${said}`);
  if (code === 0 && out === '') throw new Error(`exit 0 and nothing done: ${said}`);
  return word;
}
