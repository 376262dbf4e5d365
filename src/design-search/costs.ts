import { join } from 'node:path';
import { compressGzip } from '#files';
import { kernelUpdate } from '#packaging';
import { primaryDocument } from '#repomd';
import { designResults, kernelNamed } from '#run';
import type { PromiseId } from '#run-document';
import { trialsOf, wholeKernels } from '#scorecard';

/** What a design costs, on whole kernels and one machine. */
export interface CostOfDesign {
  /** primary.xml.gz of one kernel. */
  readonly metadataBytes: number;
  /** What the machine downloads for the update to the next kernel. */
  readonly downloadBytes: number;
  /** Executed code edges of libsolv for solving and ordering that update. */
  readonly work: number;
  /** Packages of one kernel, and those that the update makes a build service build. */
  readonly packages: number;
  readonly rebuilt: number;
  /** Promises that the machine breaks with whole kernels though it kept them with parts. */
  readonly broken: readonly PromiseId[];
}

/** The update that costs are taken from: three of ten kernel modules no longer load. */
const update = ['debian-6.1.0-52-amd64', 'debian-6.1.0-53-amd64'] as const;
const machine = 'laptop-e1000e';

export async function costsOf(
  designs: readonly string[],
  {
    root,
    jobs,
    onProgress,
  }: { readonly root: string; readonly jobs: number; readonly onProgress: (what: string) => void },
): Promise<CostOfDesign[]> {
  if (designs.length === 0) return [];
  const files = [join(root, 'scenarios/scorecard/machines.yaml')];
  const how = { files, profiles: [machine], root, kernels: [], timing: null, jobs, onProgress };
  const { scenarios } = await designResults({ ...how, designs });
  const [before, after] = [await kernelNamed(update[0]), await kernelNamed(update[1])];
  return designs.map((design) => {
    const { newer, rebuilt } = kernelUpdate(design, before, after);
    const own = scenarios.filter(({ scheme }) => scheme === design);
    const trials = trialsOf(own.map(wholeKernels));
    const updated = trials.find(({ of }) => of === 'update');
    return {
      metadataBytes: compressGzip(primaryDocument(newer)).length,
      downloadBytes: updated?.downloadBytes ?? 0,
      work: updated?.work ?? 0,
      packages: newer.length,
      rebuilt: rebuilt.length,
      broken: [...new Set(trials.flatMap(({ broken }) => broken))],
    };
  });
}

/** Those that no other one beats in one figure without losing in another: their indices. */
export function frontOf(costs: readonly CostOfDesign[]): Set<number> {
  const figures = (costOfDesign: CostOfDesign): readonly number[] => [
    costOfDesign.metadataBytes,
    costOfDesign.downloadBytes,
    costOfDesign.rebuilt,
    costOfDesign.work,
  ];
  const beats = (costOfDesign: CostOfDesign, other: CostOfDesign): boolean => {
    const [own, others] = [figures(costOfDesign), figures(other)];
    const noneWorse = own.every((value, index) => value <= (others[index] ?? 0));
    return noneWorse && own.some((value, index) => value < (others[index] ?? 0));
  };
  return new Set(costs.flatMap((cost, index) => (costs.some((other) => beats(other, cost)) ? [] : [index])));
}
