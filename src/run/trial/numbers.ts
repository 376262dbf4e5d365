/** A number for each object, from 1 on: what is kept by content of many is known by the numbers of its parts. */
export class Numbers<Thing extends object> {
  readonly #known = new WeakMap<Thing, number>();
  #last = 0;

  of(thing: Thing): number {
    let number = this.#known.get(thing);
    if (number === undefined) {
      this.#last += 1;
      number = this.#last;
      this.#known.set(thing, number);
    }
    return number;
  }
}
