import type { RunDocument } from '#run-document';
import { median } from '#statistics';
import { bytes, count, fixed, libsolvName, sourceVersion } from '#tell';
import { sampleCounts } from './time.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface BackgroundView {
  readonly repositories: readonly (readonly string[])[];
  readonly repositoryDigests: readonly Fact[];
  readonly kernels: readonly (readonly string[])[];
  readonly environment: readonly Fact[];
  readonly sources: readonly (readonly string[])[];
  readonly samples: string;
  readonly seed: string;
  readonly notRun: readonly { readonly what: string; readonly why: string }[];
}

export function backgroundView(run: RunDocument): BackgroundView {
  return {
    repositories: run.repositories.map(repositoryRow),
    repositoryDigests: run.repositories.map(({ name, repomdSha256 }) => ({ name, value: repomdSha256 })),
    kernels: run.kernels.map((kernel) => [
      kernel.release,
      kernel.version,
      `${kernel.arch} ${kernel.flavor}`,
      count(kernel.kernelModules),
      bytes(kernel.kernelModuleBytes),
      count(kernel.exports),
      count(kernel.imports),
      count(kernel.warnings),
    ]),
    environment: environmentFacts(run),
    sources: run.environment.libsolv.sources.map((source) => [source.name, sourceVersion(source), source.sha256]),
    samples: sampleCounts(run),
    seed: String(run.seed),
    notRun: run.notRun,
  };
}

function repositoryRow(repository: RunDocument['repositories'][number]): readonly string[] {
  const optional = (value: number | null): string => (value === null ? '\u2013' : bytes(value));
  const time = (phase: string): string => {
    const samples = repository.phases.find((candidate) => candidate.phase === phase)?.samplesMs ?? [];
    return samples.length === 0 ? '\u2013' : fixed(median(samples), 0);
  };
  return [
    repository.name,
    repository.scheme,
    count(repository.packages),
    count(repository.dependencies),
    bytes(repository.primaryBytes),
    bytes(repository.primaryGzipBytes),
    optional(repository.primaryZstdBytes),
    optional(repository.solvBytes),
    time('package'),
    time('writeRepomd'),
  ];
}

function environmentFacts({ environment }: RunDocument): Fact[] {
  const { kmplab, libsolv } = environment;
  return [
    { name: 'Processor', value: `${environment.cpu}, ${count(environment.cores)} cores` },
    { name: 'Memory', value: bytes(environment.memoryBytes) },
    { name: 'System', value: environment.platform },
    { name: 'Node.js', value: `${environment.node} (V8 ${environment.v8})` },
    { name: 'kmplab', value: kmplab.commit === null ? kmplab.version : `${kmplab.version}, commit ${kmplab.commit}` },
    { name: 'libsolv', value: `${libsolvName(libsolv)}, ${libsolv.build} build by emcc ${versionIn(libsolv.emcc)}` },
    { name: 'WebAssembly module', value: `sha256 ${libsolv.moduleSha256}` },
  ];
}

/** emcc introduces itself with a line of text around its version. */
function versionIn(text: string): string {
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? text;
}
