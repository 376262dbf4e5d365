import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';

/** A tar archive of files by path. */
export async function tarOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Uint8Array> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name, mtime: new Date(0) }, Buffer.from(content));
  pack.finalize();
  return buffer(pack);
}

/** An ar archive as deb(5) describes it. */
export function arOf(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts = Object.entries(members).flatMap(([name, content]) => [
    Buffer.from(
      `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`,
    ),
    content,
    Buffer.alloc(content.length % 2, '\n'),
  ]);
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}

/** A Debian package with these fields in its control file and these files in its data. */
export async function debOf(
  control: Readonly<Record<string, string>>,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<Uint8Array> {
  const fields = Object.entries(control).map(([key, value]) => `${key}: ${value}\n`);
  return arOf({
    'debian-binary': Buffer.from('2.0\n'),
    'control.tar.gz': gzipSync(await tarOf({ './control': fields.join('') })),
    'data.tar.gz': gzipSync(await tarOf(files)),
  });
}
