/**
 * The only file that knows how the module's memory is laid out (the other side is shim/wire.c). Everything goes in and comes out
 * by copy: no view of the memory outlives a call, because any call may grow the memory and detach it.
 */
import { SolvError } from './errors.js';

/** What a call takes besides its plain arguments. */
export interface Request {
  readonly ints?: ArrayLike<number>;
  readonly strings?: readonly string[];
  readonly bytes?: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const noInts: readonly number[] = [];
const noBytes = new Uint8Array(0);

/**
 * Numbers alone may reach WebAssembly: what JavaScript cannot turn into one, as a BigInt or a Symbol, would throw in the middle of a call and
 * end the instance as a trap does.
 */
export function requireNumber(value: unknown): void {
  if (typeof value !== 'number') throw new SolvError('misuse', `a number is needed, not a ${typeof value}`);
}

function requireString(value: unknown): void {
  if (typeof value !== 'string') throw new SolvError('misuse', `a text is needed, not a ${typeof value}`);
}

/** Lays a request out as ints, NUL-ended strings, bytes. `allocate` is told the three sizes and gives the address. */
export function writeRequest(
  memory: WebAssembly.Memory,
  allocate: (ints: number, textBytes: number, blobBytes: number) => number,
  { ints = noInts, strings = [], bytes = noBytes }: Request,
): void {
  for (let index = 0; index < ints.length; index++) requireNumber(ints[index]);
  strings.forEach(requireString);
  if (!ArrayBuffer.isView(bytes) || bytes.BYTES_PER_ELEMENT !== 1) throw new SolvError('misuse', 'bytes are needed');
  const text = strings.length === 0 ? noBytes : encoder.encode(joinStrings(strings));
  const at = allocate(ints.length, text.length, bytes.length) >>> 0;
  new Int32Array(memory.buffer, at, ints.length).set(ints);
  const rest = new Uint8Array(memory.buffer, at + ints.length * 4, text.length + bytes.length);
  rest.set(text);
  rest.set(bytes, text.length);
}

function joinStrings(strings: readonly string[]): string {
  const odd = strings.find((string) => string.includes('\0'));
  if (odd !== undefined) throw new SolvError('invalidInput', `a text with a NUL character: ${JSON.stringify(odd)}`);
  return `${strings.join('\0')}\0`;
}

/** The reply's header as the shim keeps it: ints address, ints count, text address, text bytes. */
const headerInts = 4;

/** A reply, read from front to back; the shim writes ints and strings in the order they are read here. */
export class Reply {
  readonly #ints: Int32Array;
  readonly #text: Uint8Array;
  #strings: string[] | null = null;
  #nextInt = 0;
  #nextString = 0;

  constructor(memory: WebAssembly.Memory, header: number) {
    const [ints = 0, count = 0, text = 0, textBytes = 0] = new Uint32Array(memory.buffer, header >>> 0, headerInts);
    this.#ints = new Int32Array(memory.buffer, ints, count).slice();
    this.#text = new Uint8Array(memory.buffer, text, textBytes).slice();
  }

  get done(): boolean {
    return this.#nextInt >= this.#ints.length;
  }

  int(): number {
    const value = this.#ints[this.#nextInt++];
    if (value === undefined) throw new SolvError('moduleInvalid', 'the reply of the module is shorter than expected');
    return value;
  }

  /** A count or size that C holds as a 64-bit integer; exact up to 2^53. */
  wide(): number {
    const low = this.int() >>> 0;
    return (this.int() >>> 0) * 2 ** 32 + low;
  }

  /** A count, then that many ints. */
  list(): Int32Array {
    const count = this.int();
    const start = this.#nextInt;
    this.#nextInt += count;
    return this.#ints.subarray(start, this.#nextInt);
  }

  string(): string {
    this.#strings ??= decoder.decode(this.#text).split('\0');
    const value = this.#strings[this.#nextString++];
    if (value === undefined) throw new SolvError('moduleInvalid', 'the reply of the module is shorter than expected');
    return value;
  }

  /** The whole text area as it is, for replies that are one document. */
  bytes(): Uint8Array {
    return this.#text;
  }
}
