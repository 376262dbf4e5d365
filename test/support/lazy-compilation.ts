import v8 from 'node:v8';

/**
 * The lab has V8 compile all of libsolv with its optimising compiler before it takes times: a second of both cores for each process, and
 * each test file is a process. Tests take times only to see that they are taken, so that here V8 compiles what runs.
 */
const set = v8.setFlagsFromString;
v8.setFlagsFromString = (flags) => {
  if (flags !== '--no-liftoff' && flags !== '--no-wasm-lazy-compilation') set(flags);
};
