declare const brand: unique symbol;

/** A solvable (one version of one package in one repository) of one pool. Means nothing in another pool. */
export type SolvableId = number & { readonly [brand]: 'SolvableId' };

/** A rule of one solver. */
export type RuleId = number & { readonly [brand]: 'RuleId' };
