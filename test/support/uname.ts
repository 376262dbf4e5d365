import { join } from 'node:path';
import { tool } from './clients.js';

/** The environment in which a program believes that another kernel runs. Compiles a small library into `directory`. */
export async function runningKernel(directory: string): Promise<(release: string) => NodeJS.ProcessEnv> {
  const library = join(directory, 'uname.so');
  await tool('gcc', ['-shared', '-fPIC', '-o', library, join(import.meta.dirname, 'uname-shim.c')]);
  return (release) => ({ LD_PRELOAD: library, KMPLAB_UNAME_R: release });
}
