import type { Payload } from '#audit';
import { compareEvr } from '#rpm';

const noarch = 'noarch';
/** What scenarios without a kernel, and without a package of any architecture, are about. */
const usual = 'x86_64';

/**
 * The architecture of a machine: that of the kernel it has, else of most of what is installed, else of the newest kernel it could get, else of
 * most of what is in reach. A second instruction set beside the first (i586 on x86_64) is libsolv's to know.
 */
export function machineArch(installed: readonly Payload[], offered: readonly Payload[]): string {
  return (
    archOfNewestKernel(installed) ?? mostUsed(installed) ?? archOfNewestKernel(offered) ?? mostUsed(offered) ?? usual
  );
}

function archOfNewestKernel(payloads: readonly Payload[]): string | undefined {
  const kernels = payloads.filter(({ kernel }) => kernel !== null);
  return kernels.sort((a, b) => compareEvr(b.package.evr, a.package.evr))[0]?.package.arch;
}

function mostUsed(payloads: readonly Payload[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { package: pkg } of payloads) {
    if (pkg.arch !== noarch) counts.set(pkg.arch, (counts.get(pkg.arch) ?? 0) + 1);
  }
  return [...counts].sort(([a, as], [b, bs]) => bs - as || (a < b ? -1 : 1))[0]?.[0];
}
