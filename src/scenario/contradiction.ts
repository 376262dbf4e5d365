import type { z } from 'zod';

/** The parts of an expectation that can contradict each other. */
interface Claims {
  readonly status?: 'solved' | 'unsolvable' | undefined;
  readonly transaction?:
    | {
        readonly installs?: readonly string[] | undefined;
        readonly doesNotInstall?: readonly string[] | undefined;
        readonly erases?: readonly string[] | undefined;
        readonly doesNotErase?: readonly string[] | undefined;
        readonly steps?: number | undefined;
      }
    | undefined;
  readonly problems?: object | undefined;
  readonly sizes?: object | undefined;
}

/** An expectation that nothing can meet is a mistake of its author, found before anything is solved. */
export function refuseContradictions(claims: Claims, context: z.RefinementCtx, at: readonly PropertyKey[] = []): void {
  const fault = (path: string[], message: string): void =>
    context.addIssue({ code: 'custom', path: [...at, ...path], message });
  const { status, transaction = {}, problems, sizes } = claims;
  const { installs = [], doesNotInstall = [], erases = [], doesNotErase = [], steps } = transaction;
  const both = (some: readonly string[], others: readonly string[]): string | undefined =>
    some.find((name) => others.includes(name));
  const installed = both(installs, doesNotInstall);
  const erased = both(erases, doesNotErase);

  if (installed !== undefined)
    fault(['transaction', 'doesNotInstall'], `"${installed}" is expected to be installed and not to be`);
  if (erased !== undefined)
    fault(['transaction', 'doesNotErase'], `"${erased}" is expected to be erased and not to be`);
  if (steps === 0 && installs.length + erases.length > 0)
    fault(['transaction', 'steps'], 'no steps are expected, and packages that come or go');
  if (status === 'unsolvable' && (installs.length + erases.length > 0 || (steps ?? 0) > 0))
    fault(['transaction'], 'what has no solution has no transaction');
  if (status === 'unsolvable' && sizes !== undefined) fault(['sizes'], 'what has no solution downloads nothing');
  if (status === 'solved' && problems !== undefined) fault(['problems'], 'what is solved has no problems');
}
