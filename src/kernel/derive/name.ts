/** What makes another build of one: as a distribution publishes them side by side, and one after the other. */
export type Derivation =
  | { readonly kind: 'flavor'; readonly flavor: string }
  | { readonly kind: 'arch'; readonly arch: string }
  /** The `builds`-th successor under a regime. */
  | { readonly kind: 'evolved'; readonly regime: string; readonly seed: number; readonly builds: number };

/** A build that nobody has as a file, by the one it is made from. */
export interface DerivedName {
  readonly base: string;
  readonly derivations: readonly Derivation[];
}

/** `debian-6.1.0-56-amd64~flavor.rt~stable.1.3`: of the rt flavor of that build the third successor under `stable`, seed 1. */
export function derivedName({ base, derivations }: DerivedName): string {
  return [base, ...derivations.map(derivationText)].join('~');
}

function derivationText(derivation: Derivation): string {
  switch (derivation.kind) {
    case 'flavor':
      return `flavor.${derivation.flavor}`;
    case 'arch':
      return `arch.${derivation.arch}`;
    case 'evolved':
      return `${derivation.regime}.${derivation.seed}.${derivation.builds}`;
  }
}

const derivationForm =
  /^(?:flavor\.([a-z][a-z0-9_]*)|arch\.([a-z][a-z0-9_]*)|([a-z]+(?:-[a-z]+)*)\.(\d{1,15})\.(\d{1,3}))$/;

/** Null where the name is not of this form: a ready build's, or a file's. */
export function parseDerivedName(name: string): DerivedName | null {
  const [base = '', ...texts] = name.split('~');
  const derivations = texts.map(parseDerivation).filter((derivation) => derivation !== null);
  return base === '' || texts.length === 0 || derivations.length < texts.length ? null : { base, derivations };
}

function parseDerivation(text: string): Derivation | null {
  const [, flavor, arch, regime, seed, builds] = derivationForm.exec(text) ?? [];
  if (flavor !== undefined) return { kind: 'flavor', flavor };
  if (arch !== undefined) return { kind: 'arch', arch };
  if (regime === undefined || Number(builds) === 0) return null;
  return { kind: 'evolved', regime, seed: Number(seed), builds: Number(builds) };
}
