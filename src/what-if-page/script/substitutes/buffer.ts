import { bytesOfBase64 } from '../base64.js';

const encoder = new TextEncoder();

/** What of Node.js' global the lab uses on its way from a kernel to an answer: UTF-8 and base64. The bundler puts it where `Buffer` stands. */
export const Buffer = {
  from: (text: string, encoding: 'utf8' | 'base64' = 'utf8'): Uint8Array =>
    encoding === 'utf8' ? encoder.encode(text) : bytesOfBase64(text),
  byteLength: (text: string): number => encoder.encode(text).length,
  concat: (pieces: readonly Uint8Array[]): Uint8Array => {
    const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  },
};
