import type { RunDocument } from '#run-document';
import { bytes, causeText, count, fiveAnswers, libsolvName, listed, sourceVersion } from '#tell';
import { sampleCounts } from './time.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface BackgroundView {
  readonly kernels: readonly (readonly string[])[];
  readonly environment: readonly Fact[];
  readonly sources: readonly (readonly string[])[];
  readonly samples: string;
  readonly seed: string;
  /** Cause, scenarios, refused directly, through exporters, packages, problems. */
  readonly rootCauses: readonly (readonly string[])[];
  /** What of this run nobody can judge. */
  readonly trust: string;
  readonly notRun: readonly { readonly what: string; readonly why: string }[];
}

/** Scenarios that a cause names. */
const scenariosMax = 4;

export function backgroundView(run: RunDocument): BackgroundView {
  return {
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
    trust: fiveAnswers(run).find(({ id }) => id === 'sure')?.answer ?? '',
    rootCauses: run.rootCauses.first.map(({ cause, problems, packages, direct, through, scenarios }) => [
      causeText(cause),
      listed(scenarios, scenariosMax),
      count(direct),
      count(through),
      count(packages),
      count(problems),
    ]),
    notRun: run.notRun,
  };
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
