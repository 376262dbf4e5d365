import type { Job, PackageInfo, Pool } from '@opensuse/libsolv-wasm';
import type { Machine } from './machine.js';
import type { Request } from './request.js';

/** libsolv's name for an update of updateinfo.xml. */
const prefix = 'patch:';

export function isPatch({ name }: Pick<PackageInfo, 'name'>): boolean {
  return name.startsWith(prefix);
}

/** Types of other distributions that libzypp takes for one of its own (Patch::categoryEnum). */
const sameCategory: Readonly<Record<string, string>> = {
  bugfix: 'recommended',
  feature: 'optional',
  enhancement: 'optional',
};

/**
 * `zypper patch`: every needed update of the category is to be installed, of any category where none is asked for; optional ones only
 * with `--with-optional`, even where they are asked for by category (zypper's SolverRequester::updatePatches). A patch conflicts with
 * older versions of its packages, which makes libsolv update them.
 */
export function patchJobs({ pool, input }: Machine, { category, withOptional = false }: Request): Job[] {
  const types = new Map(input.repositories.flatMap(({ patches = {} }) => Object.entries(patches)));
  const categoryOf = (type: string): string => sameCategory[type] ?? type;
  const wanted = ({ name }: PackageInfo): boolean => {
    const own = categoryOf(types.get(name.slice(prefix.length)) ?? '');
    return (withOptional || own !== 'optional') && (category === undefined || own === categoryOf(category));
  };
  const patches = pool.packages(pool.solvables()).filter((pkg) => isPatch(pkg) && wanted(pkg));
  return patches
    .filter((patch) => isNeeded(pool, patch))
    .map(({ id }): Job => ({ action: 'install', select: { kind: 'solvable', id } }));
}

/** Whether something older is installed, and of what may be installed in several versions nothing newer. */
function isNeeded(pool: Pool, { id }: PackageInfo): boolean {
  const conflicts = pool.dependencies([id], 'conflicts')[0] ?? [];
  return conflicts.some((text) => {
    // libsolv prints what it took from updateinfo.xml as `name.arch < version`.
    const [, name = '', arch = '', older = ''] = /^(.+)\.([^.\s]+) (<.*)$/.exec(text) ?? [];
    const installed = (range: string): PackageInfo[] =>
      pool.packages(pool.select(range, ['name', 'rel']).solvables).filter((pkg) => pkg.installed && pkg.arch === arch);
    const old = installed(`${name} ${older}`);
    return old.length > 0 && old.length === installed(name).length;
  });
}
