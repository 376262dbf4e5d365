import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/kmplab.js', import.meta.url));

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly err: string;
}

/** A command line in a shell, in which `kmplab` is what was compiled: for what only a process of its own can show. */
export function shell(line: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(startShell(line, env));
}

export function startShell(line: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const script = line.replace(/(?<=^|; )kmplab (?=[a-z])/, `exec "${process.execPath}" "${program}" `);
  return spawn('bash', ['-c', script], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const [code, signal] = await once(child, 'close');
  return { code: code ?? signal, err };
}
