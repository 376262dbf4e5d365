export { execute } from './execute.js';
export type { ExitCode, Io } from './io.js';
