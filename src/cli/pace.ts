import { counted, duration, significant } from '#tell';

/** How far work is. */
export interface Count {
  readonly done: number;
  /** As far as is known by now. */
  readonly total: number;
}

/** Times that rates are taken over: the work before was of another kind, or the machine was not at rest. */
const memory = 30;

/** The pace of work as its counts come in: `12 of 80, 1.50 a second, 45 s left`. */
export class Pace {
  readonly #now: () => number;
  readonly #times: { readonly at: number; readonly done: number }[] = [];
  #last: Count | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  note(count: Count): void {
    if (this.#last === null || count.done !== this.#last.done) this.#times.push({ at: this.#now(), done: count.done });
    if (this.#times.length > memory) this.#times.shift();
    this.#last = count;
  }

  /** Empty until something is counted; without a rate until two things are done. */
  text(): string {
    const [first, last] = [this.#times[0], this.#times.at(-1)];
    if (this.#last === null || first === undefined || last === undefined) return '';
    const { done, total } = this.#last;
    const seconds = (last.at - first.at) / 1000;
    if (last.done === first.done || seconds <= 0) return `${done} of ${total}`;
    const rate = (last.done - first.done) / seconds;
    const pace = rate >= 1 ? `${significant(rate, 2)} a second` : `${significant(rate * 60, 2)} a minute`;
    const left = done >= total ? counted(total, 'job') : `${duration(Math.round((total - done) / rate) * 1000)} left`;
    return `${done} of ${total}, ${pace}, ${left}`;
  }
}
