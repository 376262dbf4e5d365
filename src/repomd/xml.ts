/** Characters that need care in text or attributes; one test spares nearly all strings the slow road. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const special = /[&<>"\u0000-\u001f\ufffe\uffff\ud800-\udfff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const specialOrPair = /[\ud800-\udbff][\udc00-\udfff]|[&<>"\u0000-\u001f\ufffe\uffff\ud800-\udfff]/g;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // As references they survive the normalisation of white space in attributes (XML 1.0, 3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Escapes text for XML 1.0 and counts what XML cannot carry at all: control characters, lone surrogates, U+FFFE and U+FFFF. */
export class XmlEscaper {
  #replaced = 0;

  /** How many characters became U+FFFD. */
  get replaced(): number {
    return this.#replaced;
  }

  /** For element content and for attributes in double quotes. */
  escape(text: string): string {
    if (!special.test(text)) return text;
    return text.replace(specialOrPair, (found) => {
      if (found.length === 2) return found;
      const escaped = escapes[found];
      if (escaped !== undefined) return escaped;
      this.#replaced++;
      return '\ufffd';
    });
  }
}
