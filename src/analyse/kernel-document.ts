import { grouped, tally } from '#collections';
import type { KernelBuild, KernelModule } from '#kernel';
import type { KernelFactsDocument } from '#run-document';
import { subsystem } from './churn.js';
import { graphFacts } from './graph-facts.js';
import { kernelSummary } from './kernel-summary.js';

/** Examples of each kind of warning; the build's file has all. */
const examplesMax = 5;

/** Everything there is to tell of one build. */
export function kernelDocument(build: KernelBuild): KernelFactsDocument {
  const { image, modules, source } = build;
  const support = modules.flatMap((kernelModule) => kernelModule.support ?? []);
  return {
    format: 'kmplab/kernel-facts',
    version: 1,
    kernel: kernelSummary(build),
    modversions: build.modversions,
    exportsFrom: image.exportsFrom,
    builtin: image.builtin.length,
    source: { kind: source.kind, files: source.files.map(({ name, sha256 }) => ({ name, sha256 })) },
    subsystems: subsystems(modules),
    buses: tally(modules.flatMap(({ aliases }) => aliases.map(busOf))),
    softdeps: total(modules, ({ softdeps }) => softdeps.pre.length + softdeps.post.length),
    weakdeps: total(modules, ({ weakdeps }) => weakdeps.length),
    firmware: total(modules, ({ firmware }) => firmware.length),
    signatures: signatures(modules),
    support: tally(support),
    licenses: tally(modules.map(({ license }) => license ?? 'none stated')),
    warnings: warnings(build),
    graph: graphFacts(build),
  };
}

function subsystems(modules: readonly KernelModule[]): KernelFactsDocument['subsystems'] {
  return [...grouped(modules, ({ path }) => subsystem(path))]
    .map(([name, members]) => ({
      name,
      kernelModules: members.length,
      bytes: total(members, ({ bytes }) => bytes),
      exports: total(members, ({ exports }) => exports.length),
      imports: total(members, ({ imports }) => imports.length),
    }))
    .sort((a, b) => b.kernelModules - a.kernelModules || (a.name < b.name ? -1 : 1));
}

/** `pci` of `pci:v00008086…`; an alias without a colon names no hardware. */
function busOf(alias: string): string {
  const colon = alias.indexOf(':');
  return colon > 0 ? alias.slice(0, colon).replace(/\*$/, '') : 'other';
}

/** Who signed how many, and how; those of nobody are one entry of nulls. */
function signatures(modules: readonly KernelModule[]): KernelFactsDocument['signatures'] {
  const key = ({ signer, signature }: KernelModule): string => JSON.stringify([signer, signature ?? null]);
  return [...grouped(modules, key).values()]
    .flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const { format = null, keyId = null, hashAlgorithm = null } = first.signature ?? {};
      return [{ signer: first.signer, format, keyId, hashAlgorithm, kernelModules: members.length }];
    })
    .sort((a, b) => b.kernelModules - a.kernelModules);
}

function warnings(build: KernelBuild): KernelFactsDocument['warnings'] {
  return [...grouped(build.warnings, ({ code }) => code)]
    .map(([code, list]) => ({
      code,
      count: list.length,
      examples: list.slice(0, examplesMax).map(({ subject, detail }) => `${subject}: ${detail}`),
    }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function total(modules: readonly KernelModule[], of: (kernelModule: KernelModule) => number): number {
  return modules.reduce((sum, kernelModule) => sum + of(kernelModule), 0);
}
