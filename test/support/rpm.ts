/** RPM packages for tests of the reader, written from rpm's format_v4 page: lead, signature header, header, cpio payload. */
export interface RpmSpec {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly arch: string;
  readonly compressor: string;
  readonly payload: Uint8Array;
}

export function rpmOf({ name, version, release, arch, compressor, payload }: RpmSpec): Uint8Array {
  const lead = Buffer.alloc(96);
  lead.writeUInt32BE(0xedabeedb);
  const signature = header([]);
  const main = header([
    [1000, name],
    [1001, version],
    [1002, release],
    [1022, arch],
    [1124, 'cpio'],
    [1125, compressor],
  ]);
  return Buffer.concat([lead, signature, Buffer.alloc((8 - (signature.length % 8)) % 8), main, payload]);
}

function header(strings: readonly (readonly [tag: number, value: string])[]): Buffer {
  const store = Buffer.from(strings.map(([, value]) => `${value}\0`).join(''));
  const intro = Buffer.alloc(16);
  intro.writeUInt32BE(0x8eade801);
  intro.writeUInt32BE(strings.length, 8);
  intro.writeUInt32BE(store.length, 12);
  let at = 0;
  const entries = strings.map(([tag, value]) => {
    const entry = Buffer.alloc(16);
    for (const [index, number] of [tag, 6, at, 1].entries()) entry.writeUInt32BE(number, index * 4);
    at += value.length + 1;
    return entry;
  });
  return Buffer.concat([intro, ...entries, store]);
}

export interface CpioEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly mode?: number;
  readonly links?: number;
}

export function cpioOf(entries: readonly CpioEntry[]): Uint8Array {
  const all = [...entries, { name: 'TRAILER!!!', content: Buffer.alloc(0), mode: 0 }];
  return Buffer.concat(all.flatMap(cpioEntry));
}

function cpioEntry({ name, content, mode = 0o100644, links = 1 }: CpioEntry): Buffer[] {
  const fields = [1, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
  const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`);
  const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  return [padded(head), padded(content)];
}
