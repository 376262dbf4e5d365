import type { Ground, StepResult } from '#run-document';

/** One scenario under one design, answered: what cells of a scorecard are made of. */
export interface PutToTest {
  readonly ground: Ground;
  /** Names machine and design where there are several. */
  readonly scenario: string;
  readonly file: string;
  readonly hardware: string | null;
  readonly kernels: number;
  /** Of the largest part; null where kernels are whole. */
  readonly kernelModules: number | null;
  readonly steps: readonly StepResult[];
  readonly rerun: string;
}
