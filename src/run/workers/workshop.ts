import type { Bound, LibsolvModules } from '#solve';
import { HistoryShelf } from '../history/shelf.js';
import { KernelCache } from '../inputs.js';
import { RepositoryCache } from '../repository/repository-cache.js';
import { SolveCache } from '../solve-cache.js';
import { Store } from './store.js';

/** What every worker of a run must know. Plain values: they are sent to threads. */
export interface WorkshopOptions {
  /** Directory of the run's store. */
  readonly store: string;
  /** Files below this directory are named relative to it. */
  readonly root: string;
  /** Whether solves are kept for being measured. */
  readonly keepSolves: boolean;
  readonly measureZstd: boolean;
  /** Which libsolv solves; null: the lab's own. */
  readonly libsolv: LibsolvModules | null;
  /** What a request may take. */
  readonly bound: Bound;
}

/** What one worker has at hand from task to task: kernel builds, repositories and solves that it has seen before. */
export interface Workshop {
  readonly root: string;
  readonly keepSolves: boolean;
  readonly kernels: KernelCache;
  readonly repositories: RepositoryCache;
  readonly solves: SolveCache;
  readonly histories: HistoryShelf;
  readonly store: Store;
  readonly onProgress: (what: string) => void;
}

export function openWorkshop(options: WorkshopOptions, onProgress: (what: string) => void): Workshop {
  const store = new Store(options.store);
  const kernels = new KernelCache();
  const { root, keepSolves, measureZstd } = options;
  const repositories = new RepositoryCache({ kernels, store, measureZstd, onProgress });
  const solves = new SolveCache(keepSolves ? store : null);
  return { root, keepSolves, kernels, repositories, solves, histories: new HistoryShelf(store), store, onProgress };
}
