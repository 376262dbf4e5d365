/** Signatures as scripts/sign-file of the kernel appends them, written from RFC 5652, X.690 and include/linux/module_signature.h. */

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const set = (...contents: readonly Uint8Array[]): Buffer => der(0x31, ...contents);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));

export interface Pkcs7Spec {
  /** Attributes of the issuer, by the hexadecimal content of their object identifiers; `550403` is commonName. */
  readonly issuer?: readonly (readonly [string, string])[];
  /** Content of the INTEGER. */
  readonly serial?: string;
  /** Instead of issuer and serial number. */
  readonly subjectKeyIdentifier?: string;
  /** Content of the object identifier; `608648016503040201` is sha256. */
  readonly hash?: string;
  readonly value: Uint8Array;
  /** Something where certificates would be. */
  readonly certificates?: boolean;
}

export function pkcs7(spec: Pkcs7Spec): Buffer {
  const hash = sequence(oid(spec.hash ?? '608648016503040201'));
  const names = (spec.issuer ?? [['550403', 'A key']]).map(([type, value]) => set(sequence(oid(type), text(value))));
  const who =
    spec.subjectKeyIdentifier === undefined
      ? sequence(sequence(...names), der(0x02, Buffer.from(spec.serial ?? '01', 'hex')))
      : der(0x80, Buffer.from(spec.subjectKeyIdentifier, 'hex'));
  const rsa = sequence(oid('2a864886f70d010101'), der(0x05));
  const version = der(0x02, Buffer.from([1]));
  const signerInfo = sequence(version, who, hash, rsa, der(0x04, spec.value));
  const certificates = spec.certificates === true ? [der(0xa0, sequence(set(sequence(hash))))] : [];
  const data = sequence(oid('2a864886f70d010701'));
  const signedData = sequence(version, set(hash), data, ...certificates, set(signerInfo));
  return sequence(oid('2a864886f70d010702'), der(0xa0, signedData));
}

export interface Trailer {
  readonly hash?: number;
  readonly idType?: number;
  readonly signer?: string;
  readonly keyId?: Uint8Array;
}

/** A file with a signature appended. */
export function signed(file: Uint8Array, signature: Uint8Array, trailer: Trailer = {}): Buffer {
  const signer = Buffer.from(trailer.signer ?? '');
  const keyId = trailer.keyId ?? Buffer.alloc(0);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(signature.length);
  const head = [0, trailer.hash ?? 0, trailer.idType ?? 2, signer.length, keyId.length, 0, 0, 0];
  const magic = Buffer.from('~Module signature appended~\n');
  return Buffer.concat([file, signer, keyId, signature, Buffer.from(head), length, magic]);
}
