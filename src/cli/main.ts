import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { cleanUp, filesWritten } from '#files';
import { visible } from '#tell';
import { wantsColour } from './colour.js';
import { execute, reportError } from './execute.js';
import { outputLost, writeOutput } from './output.js';

/** 128 and SIGPIPE, as a shell tells of a program whose reader left. */
const readerLeft = 141;

/** Whether it is known how this process ends. Else it ended because nothing was left to wait for, and the work with it: our fault. */
let told = false;
process.exitCode = 3;
process.on('exit', () => {
  if (!told) say('kmplab: internal error, please report it: the work ended without a result\n');
});

// `kmplab ... | head` closes the pipe before all is written: no fault of ours, and nobody is left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const left = error.code === 'EPIPE';
  end(left ? readerLeft : reportError(outputLost(error), (text) => say(visible(text))));
});
// Of progress that nobody can read there is nothing to tell.
process.stderr.on('error', () => undefined);

// What nobody waited for: Node.js itself starts an instance of WebAssembly when it pleases, and fails where memory is short. Its own exit code
// for that, 1, would say that the work was judged.
process.on('uncaughtException', (cause) => {
  end(reportError(cause, (text) => say(visible(text))));
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    cleanUp();
    say(visible(`kmplab: ended by ${signal}; ${keptText(filesWritten())}\n`));
    // The sender of the signal expects this. A terminal that is closed (SIGHUP) ends the process at once, unless nohup says otherwise.
    process.exitCode = 128 + constants.signals[signal];
    told = true;
    process.kill(process.pid, signal);
  });
}

process.exitCode = await execute(process.argv.slice(2), {
  out: writeOutput,
  err: say,
  terminal: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  colour: { out: wantsColour(process.stdout, process.env), err: wantsColour(process.stderr, process.env) },
});
told = true;

/** At once, also from a process that is about to end. */
function say(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads it.
  }
}

function end(code: number): never {
  told = true;
  cleanUp();
  process.exit(code);
}

function keptText(files: readonly string[]): string {
  return files.length === 0 ? 'nothing was written' : `written before that: ${files.join(', ')}`;
}
