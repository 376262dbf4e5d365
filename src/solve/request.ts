/** zypper's verbs that the lab can solve. */
export type Verb = 'in' | 'rm' | 'up' | 'dup' | 'inr' | 'verify' | 'patch' | 'purge-kernels';

/** One request to the package manager. What is left out of the optional ones is as zypp.conf says. */
export interface Request {
  readonly verb: Verb;
  /** Names or capabilities; empty for the verbs that mean everything. */
  readonly names: readonly string[];
  /** `--no-recommends`: hardware supplements still count. */
  readonly noRecommends: boolean;
  /** `--force-resolution`. */
  readonly allowUninstall: boolean;
  /** `--category` of `patch`. */
  readonly category?: string | undefined;
  /** `--with-optional` of `patch`. */
  readonly withOptional?: boolean | undefined;
  readonly cleanDeps?: boolean | undefined;
  /** `--from`: names of repositories. */
  readonly from?: readonly string[] | undefined;
  readonly oldPackage?: boolean | undefined;
  readonly allowVendorChange?: boolean | undefined;
  readonly allowDowngrade?: boolean | undefined;
  readonly allowNameChange?: boolean | undefined;
  readonly allowArchChange?: boolean | undefined;
}

/** A request without any option. */
export function plainRequest(verb: Verb, names: readonly string[] = []): Request {
  return { verb, names, noRecommends: false, allowUninstall: false };
}
