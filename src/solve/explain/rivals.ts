import type { PackageInfo, SolvableId } from '@opensuse/libsolv-wasm';
import { compareEvr, parseEvr } from '#rpm';
import type { Reason } from '#run-document';
import { type Inquiry, statement } from './inquiry.js';

/**
 * Other versions of the same name that are there instead, and by what they were preferred: libzypp's and libsolv's order is the
 * repository's priority, then the version (PoolItemBest; policy.c: prune_to_highest_prio, prune_to_best_version); an installed package
 * stays where the new one is another vendor's.
 */
export function rivalsOf(id: SolvableId, { solving, ending, world }: Inquiry): Reason[] {
  const pkg = world.package(id);
  if (pkg === null) return [];
  const parallel = solving.jobs.some(
    ({ action, select }) => action === 'multiversion' && select.kind === 'solvable' && select.id === id,
  );
  const anyVendor = solving.solver.getFlag('allowVendorchange');
  return world
    .named(pkg.name)
    .filter((other) => other.id !== id && other.nevra !== pkg.nevra && ending.result.has(other.id))
    .map((rival) => ({
      ...statement(
        'outranked',
        pkg.nevra,
        comparison(pkg, rival, { parallel, anyVendor, priorityOf: solving.machine.priorityOf }),
      ),
      by: rival.nevra,
    }));
}

interface Policy {
  readonly parallel: boolean;
  readonly anyVendor: boolean;
  readonly priorityOf: (pkg: PackageInfo) => number;
}

function comparison(pkg: PackageInfo, rival: PackageInfo, { parallel, anyVendor, priorityOf }: Policy): string {
  const newer = compareEvr(parseEvr(pkg.evr), parseEvr(rival.evr));
  const there = `${rival.nevra} ${rival.installed ? 'stays' : 'comes'}`;
  if (!rival.installed && priorityOf(rival) < priorityOf(pkg)) {
    return `${there} instead: its repository ${rival.repo.name} has priority ${priorityOf(rival)}, ${pkg.repo.name} has ${priorityOf(pkg)}, and the lower number wins`;
  }
  if (newer < 0) return `${there} instead: it is the higher version`;
  if (rival.installed && !anyVendor && rival.vendor !== pkg.vendor) {
    return `${there}: its vendor is ${vendorText(rival)}, the newer one's is ${vendorText(pkg)}, and vendors are not changed unasked`;
  }
  if (rival.installed && parallel)
    return `${there}: versions of it are installed beside each other, so that nothing is replaced`;
  return rival.installed ? `${there}: the request does not update it` : `${there} instead`;
}

function vendorText({ vendor }: PackageInfo): string {
  return vendor === '' ? 'not stated' : `"${vendor}"`;
}
