import type { StatementOf } from '#run-document';
import { withoutNamespace } from './dependency.js';

/** libsolv's rules that are no dependency (rules.h), each as what it says of its packages. */
const policies: Readonly<Record<string, (told: { by: string; with: string; dependency: string }) => string>> = {
  distupgrade: ({ by }) => `${by} is in no repository of the distribution upgrade`,
  infarch: ({ by }) => `${by} has an inferior architecture`,
  best: ({ by }) =>
    by === ''
      ? 'the request takes the best version and no other'
      : `${by} is replaced by its best update and by no other`,
  yumobs: ({ by, with: other, dependency }) => `both ${by} and ${other} obsolete ${dependency}`,
  black: ({ by }) => `${by} is installed only where it is asked for by name`,
  strictRepoPriority: ({ by }) => `${by} is in a repository of lesser priority`,
  pkgConstrains: ({ by, with: other, dependency }) => `${by} has the constraint ${dependency}, which ${other} breaks`,
};

export function policyText({ rule, by, with: other, dependency }: StatementOf<'policy'>): string {
  const facts = { by: by ?? '', with: other ?? '', dependency: withoutNamespace(dependency ?? '') };
  const text = policies[rule];
  if (text !== undefined) return text(facts);
  const about = [facts.by, facts.dependency, facts.with].filter((part) => part !== '');
  return `libsolv's rule "${rule}" stands against it${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
}

/** libsolv's reasons for a decision that no rule forced (solver.h), by its names, for what comes. */
const choices: Readonly<Record<string, string>> = {
  choice: 'is one of several that would do',
  resolve: 'is one of several that would do',
  recommends: 'is recommended',
  recommended: 'is recommended',
  supplemented: 'supplements what is there',
  weakdep: 'is recommended by what is there or supplements it',
  updateInstalled: 'is the update of what is installed',
  resolveOrphan: 'is installed and in no repository',
};

export function chosenText({ package: chosen, installed, reason }: StatementOf<'chosen'>): string {
  const name = chosen ?? 'the system';
  if (reason === 'cleandepsErase' && !installed) return `${name} goes because nothing needs it any more`;
  if (!installed) return `nothing asks for ${name}`;
  return `${name} ${choices[reason] ?? `is taken by libsolv ("${reason}")`}`;
}
