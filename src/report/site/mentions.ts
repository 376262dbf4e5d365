import { append } from '#collections';
import type { AuditedKernel, RunDocument, ScenarioResult, StepResult } from '#run-document';
import { count, counted, evidenceText, refusalText, stepVerb } from '#tell';
import type { Address } from './place.js';

/** That something is named somewhere: where, and as what. */
export interface Mention {
  readonly to: Address;
  readonly where: string;
  readonly as: string;
}

/** Transactions with more steps are lists of a whole kernel: to be in one says nothing of a package. */
const stepsMax = 500;

interface Mentions {
  readonly symbols: Map<string, Mention[]>;
  readonly packages: Map<string, Mention[]>;
}

/** Every symbol and package that a step names, and where. */
export function mentions({ scenarios }: RunDocument, places: ReadonlyMap<StepResult, Address>): Mentions {
  const found: Mentions = { symbols: new Map(), packages: new Map() };
  for (const result of scenarios) {
    for (const step of result.steps) {
      const to = places.get(step);
      if (to !== undefined) ofStep(result, step, to, found);
    }
  }
  return found;
}

type Note = (name: string, as: string) => void;

function ofStep(result: ScenarioResult, step: StepResult, to: Address, { symbols, packages }: Mentions): void {
  const where = `${result.id}: ${step.name}`;
  const aPackage: Note = (nevra, as) => append(packages, packageName(nevra), { to, where, as });
  const aSymbol: Note = (symbol, as) => append(symbols, symbol, { to, where, as });
  ofOutcome(step, aPackage, aSymbol);
  for (const kernel of step.audit.kernels) ofKernel(kernel, aPackage, aSymbol);
  for (const promise of step.promises) {
    if (promise.status !== 'broken') continue;
    for (const evidence of promise.evidence)
      if ('package' in evidence) aPackage(evidence.package, evidenceText(evidence));
  }
}

function ofOutcome({ outcome }: StepResult, aPackage: Note, aSymbol: Note): void {
  if (outcome.status === 'solved') {
    if (outcome.steps.length > stepsMax) return;
    for (const { type, nevra } of outcome.steps) aPackage(nevra, `${stepVerb(type)} ${nevra}`);
    return;
  }
  if (outcome.status === 'noAnswer') return;
  for (const { package: nevra, notFor } of outcome.problems.flatMap(({ kabi }) => kabi)) {
    aPackage(nevra, `${nevra}: made for another kABI`);
    for (const { kernel, examples } of notFor)
      for (const { symbol } of examples)
        aSymbol(symbol, `${nevra} was compiled for another checksum than ${kernel} has`);
  }
}

function ofKernel(kernel: AuditedKernel, aPackage: Note, aSymbol: Note): void {
  for (const refused of kernel.refusedExamples) {
    aPackage(refused.package, `${refused.kernelModule} refused by ${kernel.release}: ${refusalText(refused)}`);
    if (refused.reason !== 'symbols') continue;
    for (const { symbol } of refused.examples) aSymbol(symbol, `${refused.kernelModule} refused by ${kernel.release}`);
  }
  for (const { cause, direct, through } of kernel.symbolRefusals?.causes.first ?? []) {
    if (cause.kind !== 'symbol') continue;
    aSymbol(
      cause.symbol,
      `${cause.kernel} refuses ${counted(direct, 'kernel module')} for it${through === 0 ? '' : `, and ${count(through)} more through exporters`}`,
    );
  }
}

/** The name in `name-version-release.arch`; the text itself where it is not of that form. */
export function packageName(nevra: string): string {
  const release = nevra.lastIndexOf('-');
  const version = nevra.lastIndexOf('-', release - 1);
  return version <= 0 ? nevra : nevra.slice(0, version);
}
