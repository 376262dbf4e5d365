/**
 * Control characters and those that reorder text (bidi embeddings, overrides, isolates) as their code: a package's name must not be able to
 * look like another one's, nor to speak to a terminal. Tab and line feed are layout and stay.
 */
export function visible(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(invisible, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

export const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
