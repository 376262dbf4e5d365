import { type Decision, type RuleId, type SolvableId, systemSolvable } from '@opensuse/libsolv-wasm';
import { matchModalias } from '#hardware';
import type { Reason } from '#run-document';
import { type Statement, statementOf } from './statement.js';
import type { Solving, World } from './world.js';

/** Where the decisions of a solve are found: by package, and for a learnt rule the ones that prove it. */
export interface Decisions {
  readonly of: (id: SolvableId) => Decision | null;
  readonly learnt: (rule: RuleId) => readonly Decision[];
}

/** The steps of a proof, as libsolv lists them: what follows from the steps before it comes after them. */
export function decisionsOfProof(proof: readonly Decision[], learnt: Decisions['learnt']): Decisions {
  const bySolvable = new Map(proof.map((decision) => [decision.solvable, decision]));
  return { of: (id) => bySolvable.get(id) ?? null, learnt };
}

/**
 * The tree of reasons under a decision: what it follows from, and so on down to requests, installed packages, hardware and gaps. What
 * was told before is named again without its reasons, so that a web of forty packages stays a page.
 */
export class ReasonTree {
  readonly #solving: Solving;
  readonly #world: World;
  readonly #decisions: Decisions;
  readonly #told = new Set<SolvableId>();

  constructor(solving: Solving, world: World, decisions: Decisions) {
    this.#solving = solving;
    this.#world = world;
    this.#decisions = decisions;
  }

  under(decision: Decision): Reason {
    if (decision.solvable !== null) this.#told.add(decision.solvable);
    const statement = statementOf(decision, this.#solving, this.#world);
    const antecedents = [...new Set(statement.participants)].flatMap((id) => this.#antecedent(id, statement));
    return { ...statement.reason, because: [...antecedents, ...this.#hardware(statement), ...this.#proof(decision)] };
  }

  #antecedent(id: SolvableId, { reason }: Statement): Reason[] {
    if (id === systemSolvable) return [];
    const decision = this.#decisions.of(id);
    if (decision === null) return [];
    if (!this.#told.has(id)) return [this.under(decision)];
    if (decision.solvable === null || this.#world.nevra(id) === reason.package) return [];
    const again = statementOf(decision, this.#solving, this.#world).reason;
    return [
      {
        ...again,
        kind: 'above',
        text: `${again.package} ${decision.install ? 'comes or stays' : 'is left out'}, as told above`,
        because: [],
      },
    ];
  }

  /** One line for each device of this machine that a supplements means. */
  #hardware({ supplements, reason }: Statement): Reason[] {
    const patterns = supplements.flatMap(modaliasPatterns);
    const devices = this.#solving.machine.input.modaliases.filter((modalias) =>
      patterns.some((pattern) => matchModalias(pattern, modalias)),
    );
    return [...new Set(devices)].map((modalias) => ({
      kind: 'hardware',
      package: reason.package,
      installed: null,
      by: null,
      dependencies: [modalias],
      dependenciesTotal: 1,
      text: `this machine has ${modalias}`,
      because: [],
    }));
  }

  /** A learnt rule stands for a proof of its own. */
  #proof({ infos }: Decision): Reason[] {
    const rule = infos.find(({ type }) => type === 'learnt')?.rule ?? null;
    if (rule === null) return [];
    const proof = this.#decisions.learnt(rule);
    const last = proof.at(-1);
    const decisions = decisionsOfProof(proof, this.#decisions.learnt);
    return last === undefined ? [] : [new ReasonTree(this.#solving, this.#world, decisions).under(last)];
  }
}

/** The patterns inside `(kernel-default and namespace:modalias(pci:v…))`, libsolv's `%XX` as the characters they stand for. */
export function modaliasPatterns(dependency: string): string[] {
  return [...dependency.matchAll(/namespace:modalias\(([^)]*)\)/g)].map(([, pattern = '']) =>
    pattern.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}
