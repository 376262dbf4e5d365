import { readlinkSync } from 'node:fs';

/**
 * What a process is known by on this machine, for names of directories and locks: the namespace of its number, as containers that share
 * a directory count processes each from 1, and the number.
 */
export function thisOwner(): string {
  return `${namespace()}-${process.pid}`;
}

/** Whether the process that `thisOwner` named so has ended. What cannot be told from here counts as alive. */
export function ownerEnded(owner: string): boolean {
  const [, space, pid] = /^(\d+)-(\d+)$/.exec(owner) ?? [];
  if (space === undefined || space !== namespace()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // The other answer, EPERM, is of a process that somebody else runs.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Number of the namespace (namespaces(7)); 0 where the system has none. */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}
