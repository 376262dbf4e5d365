import { hash } from 'node:crypto';
import { type Dependency, dependencyKinds, type Evr, type RpmPackage, rpmFileName } from '#rpm';
import type { XmlEscaper } from './xml.js';

/** The three documents' shares of one package, in pieces of UTF-8, the way createrepo_c lays them out. */
export interface RenderedPackage {
  readonly primary: readonly Uint8Array[];
  readonly filelists: readonly Uint8Array[];
  readonly other: readonly Uint8Array[];
}

/**
 * No payload belongs to these packages, so the checksum that identifies one (pkgid) is the SHA-256 of all that the three documents
 * say of it: packages that differ in anything a client can see have different ones.
 */
export function renderPackage(pkg: RpmPackage, xml: XmlEscaper): RenderedPackage {
  const esc = (text: string): string => xml.escape(text);
  const primaryHead = `<package type="rpm">
  <name>${esc(pkg.name)}</name>
  <arch>${esc(pkg.arch)}</arch>
  ${version(pkg.evr, xml)}
`;
  const primaryTail = `  <summary>${esc(pkg.summary)}</summary>
  <description>${esc(pkg.description)}</description>
  <packager/>
  <url>${esc(pkg.url)}</url>
  <time file="${pkg.buildTime}" build="${pkg.buildTime}"/>
  <size package="${pkg.packageBytes}" installed="${pkg.installedBytes}" archive="${pkg.installedBytes}"/>
  <location href="${esc(rpmFileName(pkg))}"/>
  <format>
    <rpm:license>${esc(pkg.license)}</rpm:license>
    <rpm:vendor>${esc(pkg.vendor)}</rpm:vendor>
    <rpm:group>${esc(pkg.group)}</rpm:group>
    <rpm:buildhost/>
    <rpm:sourcerpm>${esc(pkg.sourceRpm)}</rpm:sourcerpm>
    <rpm:header-range start="0" end="0"/>
${dependencies(pkg, xml)}${files(pkg, '    ', xml, isPrimaryFile)}  </format>
</package>
`;
  const fileList = files(pkg, '  ', xml, () => true);
  // Encoded once and then cut: hashing and encoding take most of the time that writing takes.
  const whole = Buffer.from(primaryHead + primaryTail + fileList + changelog(pkg, xml));
  const pkgid = hash('sha256', whole);
  const tailAt = Buffer.byteLength(primaryHead);
  const filesAt = tailAt + Buffer.byteLength(primaryTail);
  const changelogAt = filesAt + Buffer.byteLength(fileList);
  const head = `<package pkgid="${pkgid}" name="${esc(pkg.name)}" arch="${esc(pkg.arch)}">\n  ${version(pkg.evr, xml)}\n`;
  const start = Buffer.from(head);
  return {
    primary: [
      whole.subarray(0, tailAt),
      Buffer.from(`  <checksum type="sha256" pkgid="YES">${pkgid}</checksum>\n`),
      whole.subarray(tailAt, filesAt),
    ],
    filelists: [start, whole.subarray(filesAt, changelogAt), end],
    other: [start, whole.subarray(changelogAt), end],
  };
}

const end = Buffer.from('</package>\n');

function version({ epoch, version: ver, release }: Evr, xml: XmlEscaper): string {
  return `<version epoch="${epoch}" ver="${xml.escape(ver)}" rel="${xml.escape(release ?? '')}"/>`;
}

function dependencies(pkg: RpmPackage, xml: XmlEscaper): string {
  let text = '';
  for (const kind of dependencyKinds) {
    const entries = pkg[kind];
    if (entries.length === 0) continue;
    text += `    <rpm:${kind}>\n`;
    for (const entry of entries) text += dependency(entry, xml);
    text += `    </rpm:${kind}>\n`;
  }
  return text;
}

/** A missing release stays missing: `rel=""` would be a release that no package has. */
function dependency({ name, range }: Dependency, xml: XmlEscaper): string {
  const escaped = xml.escape(name);
  if (range === null) return `      <rpm:entry name="${escaped}"/>\n`;
  const { epoch, version: ver, release } = range.evr;
  const rel = release === null ? '' : ` rel="${xml.escape(release)}"`;
  return `      <rpm:entry name="${escaped}" flags="${range.flag}" epoch="${epoch}" ver="${xml.escape(ver)}"${rel}/>\n`;
}

/** Which files primary repeats, so that most file dependencies need no filelists: createrepo's rule. */
function isPrimaryFile(path: string): boolean {
  return path.startsWith('/etc/') || path.includes('bin/') || path === '/usr/lib/sendmail';
}

function files(pkg: RpmPackage, indent: string, xml: XmlEscaper, wanted: (path: string) => boolean): string {
  let text = '';
  for (const { path, kind } of pkg.files) {
    if (wanted(path)) text += `${indent}<file${kind === 'file' ? '' : ` type="${kind}"`}>${xml.escape(path)}</file>\n`;
  }
  return text;
}

function changelog(pkg: RpmPackage, xml: XmlEscaper): string {
  let text = '';
  for (const entry of pkg.changelog) {
    text += `  <changelog author="${xml.escape(entry.author)}" date="${entry.date}">${xml.escape(entry.text)}</changelog>\n`;
  }
  return text;
}
