import { text } from './elf.js';

const magic = Buffer.from('~Module signature appended~\n', 'latin1');

/** `struct module_signature` (include/linux/module_signature.h): 12 bytes, the last four the big-endian length of the signature. */
const trailerBytes = 12;
const PKEY_ID_PKCS7 = 2;

/**
 * Who signed a kernel module: the common name of the certificate's issuer, which for the self-issued keys of kernel builds is the key's name.
 * `null` where no signature is appended or it names nobody. The signature is read, not verified.
 */
export function readSigner(bytes: Uint8Array): string | null {
  const trailerAt = bytes.length - magic.length - trailerBytes;
  if (trailerAt < 0 || !magic.equals(bytes.subarray(bytes.length - magic.length))) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + trailerAt, trailerBytes);
  const length = view.getUint32(8);
  if (view.getUint8(2) !== PKEY_ID_PKCS7 || length > trailerAt) return null;
  return issuerName(bytes.subarray(trailerAt - length, trailerAt));
}

/** One DER element: X.690, 8.1. */
interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT_0 = 0xa0;
const commonNameOid = Buffer.from([0x55, 0x04, 0x03]);

/** Walks ContentInfo > SignedData > signerInfos > the first one's issuer (RFC 2315, sections 7, 9.1, 9.2) > its commonName. */
function issuerName(pkcs7: Uint8Array): string | null {
  const signedData = child(child(child(elements(pkcs7), SEQUENCE), CONTEXT_0), SEQUENCE);
  // digestAlgorithms is a SET too: signerInfos is the last element of SignedData.
  const signerInfos = signedData.at(-1);
  if (signerInfos?.tag !== SET) return null;
  const issuerAndSerial = child(child(elements(signerInfos.content), SEQUENCE), SEQUENCE);
  for (const relativeName of child(issuerAndSerial, SEQUENCE)) {
    const [oid, value] = child(elements(relativeName.content), SEQUENCE);
    if (oid !== undefined && value !== undefined && commonNameOid.equals(oid.content)) {
      return text(value.content, 0, value.content.length);
    }
  }
  return null;
}

/** The children of the first element with that tag; none where it is missing. */
function child(siblings: readonly Element[], tag: number): Element[] {
  const found = siblings.find((element) => element.tag === tag);
  return found === undefined ? [] : elements(found.content);
}

/** Elements side by side, as far as they are well formed. */
function elements(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    let length = lengthBytes === 0 ? first : 0;
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const start = at + 2 + lengthBytes;
    if (lengthBytes > 4 || start + length > bytes.length) break;
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
