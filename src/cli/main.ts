import { execute } from './execute.js';

/** 128 and SIGPIPE, as a shell tells of a program whose reader left. */
const readerLeft = 141;

// `kmplab ... | head` closes the pipe before all is written: no fault of ours, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(readerLeft);
  });
}

process.exitCode = await execute(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
});
