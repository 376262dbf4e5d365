import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '#errors';

/** Processor seconds that testsolv takes for a testcase, user and system. Throws InputError where it cannot be run. */
export async function nativeSeconds(testsolv: string, file: string): Promise<number> {
  try {
    // The shell's `times` is the only clock of a child's processor time that needs no other program.
    const script = '"$1" -r "$2" > /dev/null 2>&1; code=$?; times; exit $code';
    const { stdout } = await promisify(execFile)('bash', ['-c', script, 'bash', testsolv, file]);
    const [user = 0, system = 0] = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
    );
    return user + system;
  } catch (cause) {
    throw new InputError('missing', `${testsolv} cannot replay a testcase`, {
      hint: 'install libsolv-tools, or run "make native" and name its testsolv',
      cause,
    });
  }
}
