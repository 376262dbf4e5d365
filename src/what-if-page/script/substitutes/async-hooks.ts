/** The page has one libsolv: nobody chooses another one for some work. */
export class AsyncLocalStorage<Store> {
  run<Result>(_store: Store, work: () => Result): Result {
    return work();
  }

  getStore(): Store | undefined {
    return undefined;
  }
}
