import type { SolvableId } from './ids.js';
import { namesByValue } from './names.js';
import { type Generation, Resource } from './resource.js';
import { readSolvables, toSolvable } from './solvable.js';

/** What happens to a package; libsolv's SOLVER_TRANSACTION_* (transaction.h) as names. */
export const stepTypes = {
  ignore: 0x00,
  erase: 0x10,
  reinstalled: 0x11,
  downgraded: 0x12,
  changed: 0x13,
  upgraded: 0x14,
  obsoleted: 0x15,
  install: 0x20,
  reinstall: 0x21,
  downgrade: 0x22,
  change: 0x23,
  upgrade: 0x24,
  obsoletes: 0x25,
  multiinstall: 0x30,
  multireinstall: 0x31,
} as const;
export type StepType = keyof typeof stepTypes | 'other';

/** Beside the types of steps, `Transaction.classify` has two that group packages of another type once more. */
export const classTypes = { ...stepTypes, archchange: 0x100, vendorchange: 0x101 } as const;
export type ClassType = keyof typeof classTypes | 'other';

/** Which view of a step `Transaction.steps` gives; libsolv's SOLVER_TRANSACTION_SHOW_* and friends. */
export const stepModes = {
  showActive: 1 << 0,
  showAll: 1 << 1,
  showObsoletes: 1 << 2,
  showMultiinstall: 1 << 3,
  changeIsReinstall: 1 << 4,
  mergeVendorChanges: 1 << 5,
  mergeArchChanges: 1 << 6,
  rpmOnly: 1 << 7,
  keepPseudo: 1 << 8,
  obsoleteIsUpgrade: 1 << 9,
} as const;
export type StepMode = keyof typeof stepModes;

export interface Step {
  readonly id: SolvableId;
  readonly type: StepType;
  readonly rawType: number;
  /** For a package that comes: the installed ones that go with it. For one that goes: those that take its place. */
  readonly replaces: readonly SolvableId[];
}

/** Packages to which the same happens. */
export interface StepClass {
  readonly type: ClassType;
  readonly rawType: number;
  readonly solvables: readonly SolvableId[];
  /** For `archchange` and `vendorchange`: from which to which; else empty. */
  readonly from: string;
  readonly to: string;
}

const typeNames = namesByValue(stepTypes);
const classNames = namesByValue(classTypes);
const defaultModes: readonly StepMode[] = ['showActive', 'showAll', 'showObsoletes', 'showMultiinstall'];
/** What libsolv's own transaction_print takes. */
const classifyModes: readonly StepMode[] = ['showObsoletes', 'obsoleteIsUpgrade'];

/** What a solve would do to the installed packages. It stays valid when the solver solves again, and is stale once the pool changes. */
export class Transaction {
  readonly #resource: Resource;

  /** @internal */
  constructor(owner: Resource, generation: Generation, handle: number) {
    const { instance, children } = owner;
    this.#resource = new Resource(instance, children, 'transaction', 'shim_transaction_free', handle, generation);
    this.#resource.guard(this);
  }

  /** Brings the steps into the order in which rpm can run them. A separate phase: it grows faster than solving does. */
  order(): void {
    this.#resource.instance.call('shim_transaction_order', this.#resource.handle);
  }

  /** The steps, in their present order. By default every package that comes or goes, seen from the one that comes. */
  steps(modes: readonly StepMode[] = defaultModes): readonly Step[] {
    const reply = this.#resource.instance.ask('shim_transaction_steps', [this.#resource.handle, packModes(modes)]);
    return Array.from({ length: reply.int() }, () => {
      const id = toSolvable(reply.int());
      const rawType = reply.int();
      return { id, type: typeNames.get(rawType) ?? 'other', rawType, replaces: readSolvables(reply) };
    });
  }

  /** The packages by what happens to them, as a summary for a person lists them. */
  classify(modes: readonly StepMode[] = classifyModes): readonly StepClass[] {
    const reply = this.#resource.instance.ask('shim_transaction_classify', [this.#resource.handle, packModes(modes)]);
    return Array.from({ length: reply.int() }, () => {
      const rawType = reply.int();
      const [from, to] = [reply.string(), reply.string()];
      return { type: classNames.get(rawType) ?? 'other', rawType, solvables: readSolvables(reply), from, to };
    });
  }

  /** Everything that will be installed afterwards. */
  installedResult(): readonly SolvableId[] {
    return readSolvables(this.#resource.instance.ask('shim_transaction_installed', [this.#resource.handle]));
  }

  /** Growth of the used disk space, in bytes. */
  installSizeChange(): number {
    return this.#resource.instance.call('shim_transaction_size_change', this.#resource.handle);
  }

  /** Frees the transaction. Calling it again does nothing. */
  dispose(): void {
    this.#resource.release();
  }
}

function packModes(modes: readonly StepMode[]): number {
  return modes.reduce((all, mode) => all | stepModes[mode], 0);
}
