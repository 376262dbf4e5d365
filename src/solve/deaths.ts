import { SolvError } from '@opensuse/libsolv-wasm';

/** Whether an error says that libsolv's code trapped or ran out of memory: its instance is lost, and nothing else. */
export function instanceDied(error: unknown): error is Error {
  return error instanceof SolvError && (error.code === 'trap' || error.code === 'outOfMemory' || error.code === 'dead');
}

/** Whether an error says that an instance came to the most memory it may take. */
export function memoryRanOut(error: unknown): boolean {
  return error instanceof SolvError && error.code === 'outOfMemory';
}
