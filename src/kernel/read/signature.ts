import type { Signature } from '../build.js';
import { type DerElement, derChildren, derConstructed, derElements, derOid, derTag } from './der.js';
import { text } from './elf.js';
import { MalformedPart } from './malformed-part.js';

/** What is appended to a kernel module that was signed. It is read, not verified: that takes the key. */
export interface AppendedSignature extends Signature {
  /** The name of the key; null where the signature names none. */
  readonly signer: string | null;
  /** The signature proper. */
  readonly value: Uint8Array;
}

const magic = Buffer.from('~Module signature appended~\n', 'latin1');

/**
 * `struct module_signature` (include/linux/module_signature.h): the algorithm of the key, of the hash, the kind of signature, the lengths of the signer's name
 * and of the key's identifier, three bytes of nothing, and the big-endian length of the signature.
 */
const trailerBytes = 12;

/** `enum pkey_id_type`. */
const formats = ['PGP', 'X509', 'PKCS#7'] as const;

/** `enum hash_algo` of include/uapi/linux/hash_info.h, which signatures before Linux 4.3 state. */
const hashAlgorithms = ['md4', 'md5', 'sha1', 'rmd160', 'sha256', 'sha384', 'sha512', 'sha224'];

/** The same by their object identifiers; SHA-3 since Linux 6.7. */
const hashOids: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.4': 'md4',
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '1.3.36.3.2.1': 'rmd160',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '1.2.156.10197.1.401': 'sm3',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
};

/** @throws MalformedPart where one is appended and cannot be read */
export function readSignature(bytes: Uint8Array): AppendedSignature | null {
  const trailerAt = bytes.length - magic.length - trailerBytes;
  if (trailerAt < 0 || !magic.equals(bytes.subarray(bytes.length - magic.length))) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + trailerAt, trailerBytes);
  const format = formats[view.getUint8(2)];
  const lengths = { signer: view.getUint8(3), keyId: view.getUint8(4), value: view.getUint32(8) };
  const start = trailerAt - lengths.value - lengths.keyId - lengths.signer;
  if (format === undefined || start < 0) throw malformed('its trailer describes no signature');
  const value = bytes.subarray(trailerAt - lengths.value, trailerAt);
  if (format === 'PKCS#7') return readPkcs7(value);
  const keyIdAt = start + lengths.signer;
  return {
    format,
    signer: lengths.signer === 0 ? null : text(bytes, start, keyIdAt),
    keyId: hex(bytes.subarray(keyIdAt, keyIdAt + lengths.keyId)),
    hashAlgorithm: hashAlgorithms[view.getUint8(1)] ?? `hash-${view.getUint8(1)}`,
    value,
  };
}

/**
 * ContentInfo > SignedData > signerInfos > the first one: version, who, digest algorithm, [0] attributes, signature algorithm, signature
 * (RFC 5652, sections 3, 5.1, 5.3). Who is either issuer and serial number of the certificate, or its key identifier.
 */
function readPkcs7(pkcs7: Uint8Array): AppendedSignature {
  const [contentInfo] = derElements(pkcs7);
  const explicit0 = derTag.context0 | derConstructed;
  const content = derChildren(contentInfo, derTag.sequence).find(({ tag }) => tag === explicit0);
  const [signedData] = derChildren(content, explicit0);
  // digestAlgorithms is a SET too: signerInfos is the last element of SignedData.
  const [signerInfo] = derChildren(derChildren(signedData, derTag.sequence).at(-1), derTag.set);
  const [, who, digest, ...rest] = derChildren(signerInfo, derTag.sequence);
  const [digestOid] = derChildren(digest, derTag.sequence);
  const value = rest.find(({ tag }) => tag === derTag.octetString);
  if (who === undefined || digestOid?.tag !== derTag.oid || value === undefined)
    throw malformed('its PKCS#7 is no SignedData');
  const [issuer, serial] = derChildren(who, derTag.sequence);
  const oid = derOid(digestOid);
  return {
    format: 'PKCS#7',
    signer: issuer === undefined ? null : commonName(issuer),
    keyId: hex(serial === undefined ? who.content : withoutSignByte(serial.content)),
    hashAlgorithm: hashOids[oid] ?? oid,
    value: value.content,
  };
}

const commonNameOid = '2.5.4.3';

function commonName(name: DerElement): string | null {
  for (const relative of derChildren(name, derTag.sequence)) {
    const [oid, value] = derChildren(derChildren(relative, derTag.set)[0], derTag.sequence);
    if (oid?.tag === derTag.oid && value !== undefined && derOid(oid) === commonNameOid) {
      return text(value.content, 0, value.content.length);
    }
  }
  return null;
}

/** A positive INTEGER whose first bit is set has a zero byte before it. */
function withoutSignByte(integer: Uint8Array): Uint8Array {
  return integer.length > 1 && integer[0] === 0 ? integer.subarray(1) : integer;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(':');
}

function malformed(why: string): MalformedPart {
  return new MalformedPart('signature', why);
}
