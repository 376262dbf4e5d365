/** Patterns of file names: `*` and `?` stay within a directory, `**` does not. */
export interface Glob {
  /** Whether the whole text matches. */
  readonly test: (text: string) => boolean;
}

type Token = { readonly literal: string } | 'one' | 'within' | 'across';

/**
 * The pattern, ready to match. All ways to match are followed side by side, character by character: the time is at most pattern times text, where
 * an expression of several stars that is tried one way after the other may take for ever.
 */
export function globPattern(text: string): Glob {
  const tokens = tokensOf(text);
  if (tokens.every(isLiteral)) return { test: (candidate) => candidate === text };
  const [first] = tokens;
  const start = first === undefined || !isLiteral(first) ? '' : literalPrefix(text);
  return { test: (candidate) => candidate.startsWith(start) && matches(tokens, candidate) };
}

function tokensOf(text: string): Token[] {
  return (text.match(/\*\*|[\s\S]/gu) ?? []).map((part) => {
    if (part === '**') return 'across';
    if (part === '*') return 'within';
    return part === '?' ? 'one' : { literal: part };
  });
}

function isLiteral(token: Token): boolean {
  return typeof token === 'object';
}

function literalPrefix(text: string): string {
  return text.slice(0, text.search(/[*?]/));
}

/** The states are places between tokens, each at most once. */
function matches(tokens: readonly Token[], text: string): boolean {
  let here = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  here[0] = 1;
  passStars(tokens, here);
  for (const character of text) {
    next.fill(0);
    for (const [place, token] of tokens.entries()) {
      if (here[place] !== 1 || !takes(token, character)) continue;
      next[token === 'within' || token === 'across' ? place : place + 1] = 1;
    }
    passStars(tokens, next);
    [here, next] = [next, here];
  }
  return here[tokens.length] === 1;
}

/** A star may stand for nothing. */
function passStars(tokens: readonly Token[], states: Uint8Array): void {
  for (const [place, token] of tokens.entries()) {
    if (states[place] === 1 && (token === 'within' || token === 'across')) states[place + 1] = 1;
  }
}

function takes(token: Token, character: string): boolean {
  if (typeof token === 'object') return token.literal === character;
  return token === 'across' || character !== '/';
}
