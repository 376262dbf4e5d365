import { z } from 'zod';

/** What a transaction costs a machine besides solving and downloading its packages. */
export const costKinds = [
  'depmodAfterEachPackage', // as the packages' scripts run it today
  'depmodOncePerTransaction',
  'depmodIncremental', // if depmod could add to what it has
  'initrds',
  'rpmOneTransaction',
  'rpmEachPackage', // as zypper commits unless it is told otherwise
  'fileConflicts', // the more of it where each package has a file of one common name
  'metadataRefresh',
] as const;

export const stepCostSchema = z.strictObject({
  kind: z.enum(costKinds),
  seconds: z.number().nonnegative(),
  /** `measured`: a count made here times a time that the real tool took. `modelled`: times a figure that somebody else published or assumed. */
  basis: z.enum(['measured', 'modelled']),
  /** The counts and times that it was made from, in words. */
  how: z.string(),
  source: z.string(),
});
export type StepCost = z.infer<typeof stepCostSchema>;
