import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A repository of whatever documents, right or wrong, under an index that tells the truth of their bytes. */
export async function writeRawRepository(
  directory: string,
  documents: Readonly<Record<string, string | Uint8Array>>,
  suffix = '',
  edit: (index: Uint8Array) => Uint8Array = (index) => index,
): Promise<void> {
  await mkdir(join(directory, 'repodata'), { recursive: true });
  const entries: string[] = [];
  for (const [type, content] of Object.entries(documents)) {
    const bytes = Buffer.from(content);
    await writeFile(join(directory, 'repodata', `${type}.xml${suffix}`), bytes);
    entries.push(indexEntry(type, `repodata/${type}.xml${suffix}`, bytes));
  }
  await writeFile(join(directory, 'repodata', 'repomd.xml'), edit(Buffer.from(indexOf(entries))));
}

export function indexEntry(type: string, href: string, bytes: Uint8Array): string {
  const hex = createHash('sha256').update(bytes).digest('hex');
  return `<data type="${type}"><checksum type="sha256">${hex}</checksum><location href="${href}"/><size>${bytes.length}</size></data>\n`;
}

export function indexOf(entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo">\n${entries.join('')}</repomd>\n`;
}

/** primary.xml of one package `a-1-1.x86_64`, with more elements in its format. */
export function primaryOf(format = '', packages = 1): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="${packages}">
<package type="rpm"><name>a</name><arch>x86_64</arch><version epoch="0" ver="1" rel="1"/>
<format><rpm:provides><rpm:entry name="a" flags="EQ" epoch="0" ver="1" rel="1"/></rpm:provides>${format}</format></package>
</metadata>
`;
}
