#!/usr/bin/env node
import('../dist/cli/main.js').catch((cause) => {
  const missing = cause.code === 'ERR_MODULE_NOT_FOUND' && cause.url?.endsWith('/dist/cli/main.js');
  const message = missing
    ? 'not built yet, run "make build" first'
    : `cannot start: ${cause.message}${cause.code === 'EMFILE' ? '\n  to do: allow more open files, with "ulimit -n 1024"' : ''}`;
  process.stderr.write(`kmplab: ${message}\n`);
  process.exitCode = missing || cause.code === 'EMFILE' ? 2 : 3;
});
