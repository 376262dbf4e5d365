/** 2000-01-01, in seconds since the epoch: what metadata says of its age unless told, so that equal input gives equal bytes. */
export const defaultTime = 946_684_800;

/** One file that repomd.xml lists. */
export interface RepositoryFile {
  /** `primary`, `filelists`, `other`, `updateinfo`, … */
  readonly type: string;
  /** Relative to the repository: `repodata/<sha256>-primary.xml.gz`. */
  readonly href: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly openBytes: number;
  readonly openSha256: string;
}

/** repomd.xml as createrepo_c writes it. The time is an argument because a clock would give other bytes every time. */
export function renderIndex(files: readonly RepositoryFile[], time: number): string {
  const data = files.map(
    (file) => `  <data type="${file.type}">
    <checksum type="sha256">${file.sha256}</checksum>
    <open-checksum type="sha256">${file.openSha256}</open-checksum>
    <location href="${file.href}"/>
    <timestamp>${time}</timestamp>
    <size>${file.bytes}</size>
    <open-size>${file.openBytes}</open-size>
  </data>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
  <revision>${time}</revision>
${data.join('')}</repomd>
`;
}
