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

function changelog(build: KernelBuild): ChangelogEntry[] {
  return Array.from({ length: changelogEntries }, (_, index) => ({
    author: 'kmplab <kmplab@localhost>',
    date: buildTime - index * 7 * day,
    text: `- Update to ${evrText(build)}${index === 0 ? '' : `, step ${index} before it`}`,
  }));
}

export function withChangelog(
  drafts: readonly PackageDraft[],
  build: KernelBuild,
  options: CommonOptions,
): readonly PackageDraft[] {
  switch (options.changelog) {
    case undefined:
      return drafts;
    case 'duplicated':
      return drafts.map((draft) => ({ ...draft, changelog: changelog(build) }));
    case 'shared':
      return [
        ...drafts,
        {
          ...companion(ofFlavor('kernel-changelog', build), 'The changelog of all kernel packages', build),
          changelog: changelog(build),
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
