import type { KernelBuild, KernelModule } from '#kernel';
import type { KernelSummary } from '#run-document';

export function kernelSummary(build: KernelBuild): KernelSummary {
  const total = (of: (kernelModule: KernelModule) => number): number =>
    build.modules.reduce((sum, kernelModule) => sum + of(kernelModule), 0);
  return {
    release: build.release,
    version: `${build.upstreamVersion}-${build.revision}`,
    arch: build.arch,
    flavor: build.flavor,
    kernelModules: build.modules.length,
    kernelModuleBytes: total(({ bytes }) => bytes),
    exports: build.image.exports.length + total(({ exports }) => exports.length),
    imports: total(({ imports }) => imports.length),
    warnings: build.warnings.length,
  };
}
