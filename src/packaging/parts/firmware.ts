import { append } from '#collections';
import { type KernelBuild, moduleFileName } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { capability } from './capability.js';
import { buildEvr, type CommonOptions, ofFlavor } from './common-options.js';

/**
 * Firmware as packages, and drivers that ask for it by file: `firmware(intel/ibt-11-5.sfi)`, the capability that SUSE's and Fedora's
 * generators write. Files weigh what a distribution's weigh unpacked, where the build has their sizes, and nothing where it has none; SUSE
 * ships them compressed one by one, so that downloads are an upper bound. Vendors are the directories of the firmware tree, as SUSE's kernel-firmware-<vendor> packages are cut. A file that
 * several drivers name is in the package of the first.
 */
export function withFirmware(
  drafts: readonly PackageDraft[],
  build: KernelBuild,
  { firmware, firmwareStrength = 'recommends' }: CommonOptions,
): readonly PackageDraft[] {
  if (firmware === undefined) return drafts;
  const asking = drafts.map((draft): PackageDraft => {
    const files = [...new Set(draft.kernelModules.flatMap((kernelModule) => kernelModule.firmware))].sort();
    const wanted = files.map((file) => capability(`firmware(${file})`));
    return { ...draft, [firmwareStrength]: [...(draft[firmwareStrength] ?? []), ...wanted] };
  });
  const sizeOf = new Map(Object.entries(build.firmwareBytes ?? {}));
  const owners = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { path, firmware: files } of build.modules) {
    for (const file of files) {
      if (seen.has(file)) continue;
      seen.add(file);
      const part = firmware === 'vendor' ? vendor(file) : moduleFileName(path);
      const owner = ofFlavor(`kernel-firmware-${part}`, build);
      append(owners, owner, file);
    }
  }
  const packages = [...owners].map(([name, files]): PackageDraft => {
    const sorted = [...files].sort();
    return {
      name,
      evr: buildEvr(build),
      build,
      arch: 'noarch',
      summary: 'Firmware files',
      description: `${sorted.length} firmware files.`,
      license: 'SUSE-Firmware',
      kernelModules: [],
      otherFiles: sorted.map((file) => ({ path: `/lib/firmware/${file}`, kind: 'file' })),
      otherBytes: sorted.reduce((sum, file) => sum + (sizeOf.get(file) ?? 0), 0),
      provides: sorted.map((file) => capability(`firmware(${file})`)),
    };
  });
  return [...asking, ...packages];
}

/** `intel` of `intel/ibt-11-5.sfi`; a file without directory belongs to nobody in particular. Names become what rpm allows. */
function vendor(file: string): string {
  const slash = file.indexOf('/');
  return slash <= 0 ? 'misc' : file.slice(0, slash).replace(/[^A-Za-z0-9._+-]/g, '_');
}
