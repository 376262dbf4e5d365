/**
 * Characters that nobody sees, as their code: controls, those that reorder text (bidi), those of no width, fillers, tags. A package's name must
 * not be able to look like another one's, nor to speak to a terminal. Tab and line feed are layout and stay. This is the one door: what
 * goes to a terminal, to Markdown, JUnit or a page passes here.
 */
export function visible(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd').replace(invisible, codeOf);
}

/** The same for what must stay on one line or in one cell: tab and line feed as their codes too. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\t\n]/g, codeOf);
}

/** JSON of the same value in which every such character is an escape. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(invisible, asJsonEscape);
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** JSON has no escape for code points above U+FFFF: it writes both surrogates. */
function asJsonEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * Unicode's Default_Ignorable_Code_Point, Bidi_Control and controls, spelled out: what a property means differs from one Node.js to the next.
 */
const ranges = [
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f',
  '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb',
  '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}',
];
const invisible = new RegExp(`[${ranges.join('')}]`, 'gu');
