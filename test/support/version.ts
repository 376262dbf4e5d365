import fc from 'fast-check';

/** Pieces that make versions hard: leading zeros, numbers beyond 2^53, letters beside digits, the two special characters. */
const versionPiece = fc.constantFrom(
  '0',
  '1',
  '00',
  '01',
  '9',
  '10',
  '99999999999999999999',
  'a',
  'b',
  'rc',
  'Z',
  '.',
  '_',
  '+',
  '~',
  '^',
);
/** Version texts for property tests. */
export const version = fc.array(versionPiece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
