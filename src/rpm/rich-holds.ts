import type { Dependency } from './package.js';
import type { DependencyTree } from './rich.js';

/** The packages of some set that meet a simple dependency. */
export type Providers<Package> = (dependency: Dependency) => Iterable<Package>;

/** Whether a dependency holds in a set of packages. `with` and `without` speak of one package that does both. */
export function dependencyHolds<Package>(tree: DependencyTree, providers: Providers<Package>): boolean {
  const holds = (part: DependencyTree): boolean => dependencyHolds(part, providers);
  switch (tree.op) {
    case 'leaf':
    case 'with':
    case 'without':
      return satisfying(tree, providers).size > 0;
    case 'and':
      return tree.operands.every(holds);
    case 'or':
      return tree.operands.some(holds);
    case 'if':
      return holds(tree.condition) ? holds(tree.subject) : tree.otherwise === null || holds(tree.otherwise);
    case 'unless':
      return holds(tree.condition) ? tree.otherwise !== null && holds(tree.otherwise) : holds(tree.subject);
  }
}

function satisfying<Package>(tree: DependencyTree, providers: Providers<Package>): Set<Package> {
  switch (tree.op) {
    case 'leaf':
      return new Set(providers(tree.dependency));
    case 'or':
      return new Set(tree.operands.flatMap((operand) => [...satisfying(operand, providers)]));
    case 'with': {
      const [first, ...rest] = tree.operands.map((operand) => satisfying(operand, providers));
      return new Set([...(first ?? [])].filter((pkg) => rest.every((some) => some.has(pkg))));
    }
    case 'without': {
      const excluded = satisfying(tree.excluded, providers);
      return new Set([...satisfying(tree.subject, providers)].filter((pkg) => !excluded.has(pkg)));
    }
    default:
      return new Set();
  }
}

/** The simple dependencies in a tree, conditions included. */
export function leavesOf(tree: DependencyTree): readonly Dependency[] {
  switch (tree.op) {
    case 'leaf':
      return [tree.dependency];
    case 'and':
    case 'or':
    case 'with':
      return tree.operands.flatMap(leavesOf);
    case 'without':
      return [tree.subject, tree.excluded].flatMap(leavesOf);
    case 'if':
    case 'unless':
      return [tree.subject, tree.condition, ...(tree.otherwise === null ? [] : [tree.otherwise])].flatMap(leavesOf);
  }
}
