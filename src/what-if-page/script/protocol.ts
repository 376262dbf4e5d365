import type { StepResult, Why } from '#run-document';
import type { DesignEdit } from '#what-if';

/** A dependency that a design writes. */
export type Dependency = Omit<DesignEdit, 'action'>;

/** What the page carries, packed: gzip, in base64. */
export interface Baggage {
  readonly module: string;
  /** Texts of the project's files, by their paths: an object as JSON. */
  readonly files: string;
  /** Kernel builds by name, each the JSON of its file. */
  readonly kernels: Readonly<Record<string, string>>;
  readonly repositories: readonly PackedRepository[];
}

export interface PackedRepository {
  /** Its `contentKey`. */
  readonly key: string;
  readonly solv: string;
  readonly primaryGzipBytes: number;
}

export type ToWorker =
  | { readonly kind: 'load'; readonly baggage: Baggage }
  /** A question as the address has it. */
  | { readonly kind: 'ask'; readonly id: number; readonly address: string }
  /** Which dependencies a design has, and what it is with one of them changed. */
  | { readonly kind: 'design'; readonly id: number; readonly scheme: string; readonly edit: DesignEdit | null }
  /** About the answer before. */
  | { readonly kind: 'why'; readonly id: number; readonly name: string };

export type FromWorker =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'loaded'; readonly ms: number }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly step: StepResult;
      readonly ms: number;
      readonly command: string;
      readonly scenario: string;
    }
  | {
      readonly kind: 'designed';
      readonly id: number;
      readonly scheme: string;
      readonly dependencies: readonly Dependency[];
    }
  | { readonly kind: 'because'; readonly id: number; readonly why: Why }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
  /** A fault of ours: `id` is null where no question was open. */
  | { readonly kind: 'broken'; readonly id: number | null; readonly message: string };
