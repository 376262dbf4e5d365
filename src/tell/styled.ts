import { visible } from './visible.js';

/** Text with control sequences of ours for a terminal. Only this file makes one: every string in it has passed `visible`. */
export class Styled {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** For a sequence that this program wrote itself. Never for text from a run. */
  static sequence(text: string): Styled {
    return new Styled(text);
  }
}

/** Back to the beginning of the line, and nothing on it any more (ECMA-48: EL). */
export const eraseLine: Styled = Styled.sequence('\r\u001b[2K');

/** A template whose strings are made visible and whose sequences stay. */
export function styled(literals: TemplateStringsArray, ...parts: readonly (string | Styled)[]): Styled {
  const texts = literals.map((literal, index) => {
    const part = parts[index];
    return part === undefined ? literal : literal + printable(part);
  });
  return Styled.sequence(texts.join(''));
}

/** What a terminal gets. */
export function printable(text: string | Styled): string {
  return typeof text === 'string' ? visible(text) : text.toString();
}
