#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';

const asksForVersion = process.argv.length === 3 && ['--version', '-V'].includes(process.argv[2]);
if (!asksForVersion || !wasTold()) start();

/** The version, for which nobody waits until the lab is loaded. What stands in the way is the lab's to say: then it starts after all. */
function wasTold() {
  try {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    writeSync(1, `${version}\n`);
    return true;
  } catch {
    return false;
  }
}

function start() {
  import('../dist/cli/main.js').catch((cause) => {
    const missing = cause.code === 'ERR_MODULE_NOT_FOUND' && cause.url?.endsWith('/dist/cli/main.js');
    const message = missing
      ? 'not built yet, run "make build" first'
      : `cannot start: ${cause.message}${cause.code === 'EMFILE' ? '\n  to do: allow more open files, with "ulimit -n 1024"' : ''}`;
    process.stderr.write(`kmplab: ${message}\n`);
    process.exitCode = missing || cause.code === 'EMFILE' ? 2 : 3;
  });
}
