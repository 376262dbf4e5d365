/** zypper's verbs that the lab can solve. */
export type Verb = 'in' | 'rm' | 'up' | 'dup' | 'inr' | 'verify';

/** One request to the package manager. */
export interface Request {
  readonly verb: Verb;
  /** Names or capabilities; empty for the verbs that mean everything. */
  readonly names: readonly string[];
  /** `--no-recommends`: hardware supplements still count. */
  readonly noRecommends: boolean;
  readonly allowUninstall: boolean;
}
