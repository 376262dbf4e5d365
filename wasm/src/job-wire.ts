/** Jobs on their way into and out of the module: `how` as libsolv's number, then what the selection needs. */
import { SolvError } from './errors.js';
import { type Job, type JobFlag, type JobSelect, jobActions, jobFlags } from './job.js';
import type { Reply, Request } from './memory.js';
import { namesByValue } from './names.js';
import type { Pool } from './pool.js';
import { toSolvable } from './solvable.js';

const selectKinds = { solvable: 1, name: 2, provides: 3, oneOf: 4, repo: 5, all: 6 } as const;
const selectMask = 0xff;
const actionMask = 0xff00;

const actionNames = namesByValue(jobActions);
const flagNames = namesByValue(jobFlags);

/** All jobs in one request, so that the 24,000 multiversion jobs of a big pool are one call. */
export function packJobs(jobs: readonly Job[], pool: Pool): Request {
  const ints: number[] = [];
  const strings: string[] = [];
  for (const job of jobs) {
    ints.push(packHow(job));
    packSelect(job.select, pool, ints, strings);
  }
  return { ints, strings };
}

function packHow({ action, select, flags }: Job): number {
  const how = jobActions[action] | selectKinds[select.kind];
  return flags === undefined ? how : flags.reduce((all, flag) => all | jobFlags[flag], how);
}

function packSelect(select: JobSelect, pool: Pool, ints: number[], strings: string[]): void {
  switch (select.kind) {
    case 'solvable':
      ints.push(select.id);
      return;
    case 'name':
      strings.push(select.name);
      return;
    case 'provides':
      strings.push(select.dep);
      return;
    case 'oneOf':
      ints.push(select.ids.length);
      for (const id of select.ids) ints.push(id);
      return;
    case 'repo':
      ints.push(pool.repoId(select.repo));
      return;
    case 'all':
  }
}

export function readJob(reply: Reply, pool: Pool): Job {
  const how = reply.int();
  const action = actionNames.get(how & actionMask);
  if (action === undefined) throw new SolvError('unsupported', `libsolv job type ${how & actionMask} is not known`);
  return { action, select: readWhat(how & selectMask, reply, pool), flags: readFlags(how) };
}

export function readSelect(reply: Reply, pool: Pool): { select: JobSelect; flags: readonly JobFlag[] } {
  const how = reply.int();
  return { select: readWhat(how & selectMask, reply, pool), flags: readFlags(how) };
}

function readWhat(kind: number, reply: Reply, pool: Pool): JobSelect {
  switch (kind) {
    case selectKinds.solvable:
      return { kind: 'solvable', id: toSolvable(reply.int()) };
    case selectKinds.name:
      return { kind: 'name', name: reply.string() };
    case selectKinds.provides:
      return { kind: 'provides', dep: reply.string() };
    case selectKinds.oneOf:
      return { kind: 'oneOf', ids: Array.from(reply.list(), toSolvable) };
    case selectKinds.repo:
      return { kind: 'repo', repo: pool.repoOf(reply.int()) };
    case selectKinds.all:
      return { kind: 'all' };
    default:
      throw new SolvError('unsupported', `libsolv selection type ${kind} is not known`);
  }
}

function readFlags(how: number): readonly JobFlag[] {
  return [...flagNames].filter(([bit]) => (how & bit) !== 0).map(([, name]) => name);
}
