import type { StatementOf } from '#run-document';
import type { Solving, World } from './world.js';

export type Foreign = Pick<StatementOf<'nothingProvides'>, 'foreign'>;

/** Whether only the architecture stands in the way: there are packages of these names, none of which this machine installs. */
export function foreignTo(
  dependencies: readonly string[],
  { solving, world }: { readonly solving: Solving; readonly world: World },
): Foreign {
  const architectures = [...new Set(dependencies.flatMap((dependency) => world.foreignArchitectures(dependency)))];
  return architectures.length === 0 ? {} : { foreign: { architectures, machine: solving.machine.input.arch } };
}
