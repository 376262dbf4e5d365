#!/usr/bin/env node
import('../dist/cli/main.js').catch((cause) => {
  process.stderr.write(`kmplab: not built yet, run "make build" first (${cause.message})\n`);
  process.exitCode = 3;
});
