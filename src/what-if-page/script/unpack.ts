import { bytesOfBase64 } from './base64.js';

/** Bytes of what stands in the page as base64 of gzip. */
export async function unpacked(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = bytesOfBase64(base64);
  return new Uint8Array(await new Response(through(packed, new DecompressionStream('gzip'))).arrayBuffer());
}

export async function unpackedText(base64: string): Promise<string> {
  return new TextDecoder().decode(await unpacked(base64));
}

/** How large a document is as gzip, at the level that the browser has; rpm-md has level 9, which is some percent less. */
export async function gzipLength(document: Uint8Array): Promise<number> {
  const bytes = new Uint8Array(document);
  return (await new Response(through(bytes, new CompressionStream('gzip'))).arrayBuffer()).byteLength;
}

function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): ReadableStream {
  return new Blob([bytes]).stream().pipeThrough(stream);
}
