import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import type { ChangelogEntry } from '#rpm';
import { buildTime, type PackageDraft } from './assemble.js';
import { capability } from './capability.js';
import { buildEvr, type CommonOptions, evrText, ofFlavor } from './common-options.js';

/**
 * What a package carries beside its kernel modules costs once for each package. These options make that cost visible with a
 * changelog of ten entries (what createrepo_c keeps by default) and a licence text of the GPL's size.
 */

const licenceBytes = 18_092;
const changelogEntries = 10;
const day = 86_400;

function changelog(build: KernelBuild, { changelogEntryBytes = 0 }: CommonOptions): ChangelogEntry[] {
  return Array.from({ length: changelogEntries }, (_, index) => {
    const line = `- Update to ${evrText(build)}${index === 0 ? '' : `, step ${index} before it`}`;
    const lines = Math.ceil(changelogEntryBytes / (line.length + 1));
    return {
      author: 'kmplab <kmplab@localhost>',
      date: buildTime - index * 7 * day,
      text:
        lines <= 1
          ? line
          : Array.from({ length: lines }, () => line)
              .join('\n')
              .slice(0, changelogEntryBytes),
    };
  });
}

/** Of all changelogs together; other.xml is written as one document. */
const changelogBytesMax = 200_000_000;

function refuseEndless(packages: number, { changelogEntryBytes = 0 }: CommonOptions): void {
  const bytes = packages * changelogEntries * changelogEntryBytes;
  if (bytes <= changelogBytesMax) return;
  throw new InputError('too-large', `changelogs of ${(bytes / 1e9).toFixed(1)} GB in ${packages} packages`, {
    expected: `at most ${changelogBytesMax / 1e9} GB`,
    hint: 'say changelog=shared, or shorter entries',
  });
}

export function withChangelog(
  drafts: readonly PackageDraft[],
  build: KernelBuild,
  options: CommonOptions,
): readonly PackageDraft[] {
  switch (options.changelog) {
    case undefined:
      return drafts;
    case 'duplicated': {
      refuseEndless(drafts.length, options);
      const entries = changelog(build, options);
      return drafts.map((draft) => ({ ...draft, changelog: entries }));
    }
    case 'shared':
      return [
        ...drafts,
        {
          ...companion(ofFlavor('kernel-changelog', build), 'The changelog of all kernel packages', build),
          changelog: changelog(build, options),
        },
      ];
  }
}

export function withLicences(
  drafts: readonly PackageDraft[],
  build: KernelBuild,
  options: CommonOptions,
): readonly PackageDraft[] {
  switch (options.licences) {
    case undefined:
      return drafts;
    case 'duplicated':
      return drafts.map(withLicenceFile);
    case 'shared': {
      const name = ofFlavor('kernel-licences', build);
      const shared = withLicenceFile(companion(name, 'The licence texts of all kernel packages', build));
      return [
        ...drafts.map((draft) => ({ ...draft, requires: [...(draft.requires ?? []), capability(name)] })),
        shared,
      ];
    }
  }
}

function withLicenceFile(draft: PackageDraft): PackageDraft {
  const file = { path: `/usr/share/licenses/${draft.name}/COPYING`, kind: 'file' } as const;
  return {
    ...draft,
    otherFiles: [...(draft.otherFiles ?? []), file],
    otherBytes: (draft.otherBytes ?? 0) + licenceBytes,
  };
}

function companion(name: string, summary: string, build: KernelBuild): PackageDraft {
  return {
    name,
    evr: buildEvr(build),
    build,
    arch: 'noarch',
    summary,
    description: `${summary}.`,
    kernelModules: [],
  };
}
