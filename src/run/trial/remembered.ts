/** Values by key, of which those that were not used for longest go first. */
export class Remembered<Value> {
  /** In the order of their last use. */
  readonly #known = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    const value = this.#known.get(key);
    if (value !== undefined) {
      this.#known.delete(key);
      this.#known.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): Value {
    this.#known.set(key, value);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.#known.delete(oldest);
    return value;
  }

  clear(): void {
    this.#known.clear();
  }
}
