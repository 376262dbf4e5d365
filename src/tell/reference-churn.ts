/** What updates of kernels whose maker keeps the kABI were found to break: stands beside the updates of a run, whose kernels may promise nothing. */
export interface ReferenceChurn {
  readonly maker: string;
  readonly updates: number;
  /** Shares, 0 to 1, of the kernel modules that import a symbol which an update changed or lost: directly broken. */
  readonly broken: { readonly median: number; readonly most: number };
  readonly kernels: string;
  readonly source: string;
}

/**
 * Counted on the symvers that SUSE publishes with its kernels, `kabi/x86_64/symvers-default`, from release to release after each product came
 * out. Who imports a symbol was taken from Debian's 6.1, another version of Linux: the shares are estimates.
 */
export const suseChurn: ReferenceChurn = {
  maker: 'SUSE',
  updates: 16,
  broken: { median: 0.001, most: 0.004 },
  kernels: 'SLE 11 SP4, SLE 12 SP2, Leap 42.2 and 42.3',
  source: "kabi/x86_64/symvers-default of SUSE's kernel sources",
};
