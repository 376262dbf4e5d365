/** The parts of a solver's result that a testcase can compare; libsolv's TESTCASE_RESULT_* (ext/testcase.h). */
export const resultKinds = {
  transaction: 1 << 0,
  problems: 1 << 1,
  orphaned: 1 << 2,
  recommended: 1 << 3,
  unneeded: 1 << 4,
  alternatives: 1 << 5,
  rules: 1 << 6,
  genid: 1 << 7,
  reason: 1 << 8,
  cleandeps: 1 << 9,
  jobs: 1 << 10,
  userinstalled: 1 << 11,
  order: 1 << 12,
  orderedges: 1 << 13,
  proof: 1 << 14,
} as const;
export type ResultKind = keyof typeof resultKinds;

export function packKinds(kinds: readonly ResultKind[]): number {
  return kinds.reduce((all, kind) => all | resultKinds[kind], 0);
}

export function readKinds(flags: number): readonly ResultKind[] {
  const names = Object.keys(resultKinds).filter((name): name is ResultKind => Object.hasOwn(resultKinds, name));
  return names.filter((name) => (flags & resultKinds[name]) !== 0);
}
