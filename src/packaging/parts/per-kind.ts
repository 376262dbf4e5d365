import type { DependencyKind } from '#rpm';

/** Something for each kind of dependency. Spelled out, because objects made otherwise are several times slower to make. */
export function perKind<Value>(make: (kind: DependencyKind) => Value): Record<DependencyKind, Value> {
  return {
    provides: make('provides'),
    requires: make('requires'),
    conflicts: make('conflicts'),
    obsoletes: make('obsoletes'),
    suggests: make('suggests'),
    enhances: make('enhances'),
    recommends: make('recommends'),
    supplements: make('supplements'),
  };
}
