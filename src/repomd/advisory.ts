import { InputError } from '#errors';
import { type Nevra, nevra, rpmFileName } from '#rpm';
import { defaultTime } from './index-document.js';
import { XmlEscaper } from './xml.js';

/**
 * What an update is for, in openSUSE's words, or in Fedora's (bugfix, enhancement, newpackage). `zypper patch` takes optional ones,
 * features and enhancements only when asked.
 */
export type AdvisoryType =
  | 'security'
  | 'recommended'
  | 'optional'
  | 'feature'
  | 'bugfix'
  | 'enhancement'
  | 'newpackage';

/** What has to be done for a package's new content to be in use. `restart` is of the package manager itself. */
export type Suggestion = 'reboot' | 'relogin' | 'restart';

export interface AdvisedPackage extends Nevra {
  readonly suggestion?: Suggestion;
}

export interface AdvisoryReference {
  readonly type: 'bugzilla' | 'cve';
  readonly id: string;
  readonly href: string;
  readonly title: string;
}

/** A published update: to zypper a patch, which is needed while an older version of one of its packages is installed. */
export interface Advisory {
  /** `kmplab-2026-1`; libsolv calls the patch `patch:kmplab-2026-1`. */
  readonly id: string;
  /** Counts how often it was published. Default: 1. */
  readonly version?: number;
  readonly type: AdvisoryType;
  readonly severity?: 'critical' | 'important' | 'moderate' | 'low';
  readonly title: string;
  readonly description?: string;
  readonly references?: readonly AdvisoryReference[];
  /** Packages in the version that the update brings. RPM packages are such, as they are. */
  readonly packages: readonly AdvisedPackage[];
}

/**
 * updateinfo.xml, one `<update>` for each advisory: what openSUSE's update repositories carry, createrepo_c's modifyrepo_c puts into a
 * repository, and libsolv reads (ext/repo_updateinfoxml.c): a patch that conflicts with `name.arch < version` of each package.
 *
 * @param time seconds since the epoch, when the updates are said to be issued
 * @throws InputError for an id that is no name or there twice, and for an advisory without packages
 */
export function updateinfoDocument(
  advisories: readonly Advisory[],
  time = defaultTime,
  xml = new XmlEscaper(),
): string {
  refuseBadAdvisories(advisories);
  const updates = advisories.map((advisory) => update(advisory, time, xml));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<updates>\n${updates.join('')}</updates>\n`;
}

function update(advisory: Advisory, time: number, xml: XmlEscaper): string {
  const { id, version = 1, type, severity, title, description = title, references = [], packages } = advisory;
  const esc = (text: string): string => xml.escape(text);
  return `  <update from="kmplab" status="stable" type="${type}" version="${version}">
    <id>${esc(id)}</id>
    <title>${esc(title)}</title>
    <issued date="${time}"/>
${severity === undefined ? '' : `    <severity>${severity}</severity>\n`}    <description>${esc(description)}</description>
    <references>
${references.map((reference) => `      <reference href="${esc(reference.href)}" id="${esc(reference.id)}" title="${esc(reference.title)}" type="${reference.type}"/>\n`).join('')}    </references>
    <pkglist>
      <collection>
${packages.map((pkg) => advisedPackage(pkg, xml)).join('')}      </collection>
    </pkglist>
  </update>
`;
}

function advisedPackage(one: AdvisedPackage, xml: XmlEscaper): string {
  const { epoch, version, release } = one.evr;
  const attributes = Object.entries({ name: one.name, epoch, version, release: release ?? '', arch: one.arch });
  const text = attributes.map(([key, value]) => `${key}="${xml.escape(String(value))}"`).join(' ');
  const done =
    one.suggestion === undefined ? '' : `          <${one.suggestion}_suggested>True</${one.suggestion}_suggested>\n`;
  return `        <package ${text}>
          <filename>${xml.escape(rpmFileName(one))}</filename>
${done}        </package>
`;
}

function refuseBadAdvisories(advisories: readonly Advisory[]): void {
  const seen = new Set<string>();
  for (const { id, packages } of advisories) {
    const refuse = (problem: string, expected: string): never => {
      throw new InputError('invalid', `advisory "${id}" ${problem}`, { expected });
    };
    if (!/^[A-Za-z0-9][A-Za-z0-9._:+-]*$/.test(id)) refuse('has no proper name', 'letters, digits and . _ : + -');
    if (seen.has(id)) refuse('is there twice', 'one advisory per id');
    if (packages.length === 0) refuse('names no package', 'the packages it updates');
    seen.add(id);
  }
}

/** Watches packages go by, and refuses what advisories name and no package was: nobody could ever install such a patch. */
export class AdvisedPackages {
  readonly #missing: Map<string, string>;

  constructor(advisories: readonly Advisory[]) {
    this.#missing = new Map(advisories.flatMap(({ id, packages }) => packages.map((pkg) => [nevra(pkg), id] as const)));
  }

  seen(one: Nevra): void {
    if (this.#missing.size > 0) this.#missing.delete(nevra(one));
  }

  refuseMissing(): void {
    const [first] = this.#missing;
    if (first === undefined) return;
    throw new InputError('missing', `advisory "${first[1]}" names ${first[0]}, which the repository does not hold`, {
      expected: 'packages of this repository, by name, version, release and architecture',
    });
  }
}
