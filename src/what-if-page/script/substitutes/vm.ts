/** The page solves in a worker, which the page itself can end. */
export function createContext(box: { readonly work: (() => unknown) | null }) {
  return box;
}

export class Script {
  runInContext(box: { readonly work: (() => unknown) | null }): void {
    box.work?.();
  }
}
