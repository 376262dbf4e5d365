import type { GrowthFit, Phase } from '#run-document';

/** Names of phases as the report prints them, with what each one is. */
export const phaseText: Readonly<Record<Phase, { readonly name: string; readonly meaning: string }>> = {
  package: { name: 'Package', meaning: 'kernel build to package set' },
  writeRepomd: { name: 'Write repomd', meaning: 'package set to repository on disk' },
  readRepomd: { name: 'Read repomd', meaning: 'files from disk, verified and decompressed' },
  parseRpmmd: { name: 'Parse rpm-md', meaning: 'primary.xml to solvables' },
  writeSolv: { name: 'Write .solv', meaning: 'solvables to a .solv cache' },
  loadSolv: { name: 'Load .solv', meaning: '.solv cache to solvables' },
  whatprovides: { name: 'Index provides', meaning: 'the index of provides over the whole pool' },
  solve: { name: 'Solve', meaning: 'rule creation and search' },
  order: { name: 'Order', meaning: 'the order in which rpm runs the transaction' },
  verify: { name: 'Verify', meaning: 'the independent check of the result' },
  audit: { name: 'Audit', meaning: "what the kernel's loader would say" },
};

/** What a package manager would spend; the lab's own checks stand outside. */
export const solverPhases: readonly Phase[] = [
  'readRepomd',
  'parseRpmmd',
  'loadSolv',
  'whatprovides',
  'solve',
  'order',
];

export function measureName(of: GrowthFit['of']): string {
  return of === 'rulesTotal' ? 'Rules' : phaseText[of].name;
}
