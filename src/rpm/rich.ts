import { InputError } from '#errors';
import { isRich, parseDependency } from './dependency.js';
import type { Dependency } from './package.js';

/**
 * A rich (boolean) dependency as a tree, after rpm's manual (rpm-dependencies, "Boolean Dependencies"). `and`, `or` and `with` may
 * chain operands of one operator; `if` and `unless` may carry an `else`.
 */
export type DependencyTree =
  | { readonly op: 'leaf'; readonly dependency: Dependency }
  | { readonly op: 'and' | 'or' | 'with'; readonly operands: readonly DependencyTree[] }
  | { readonly op: 'without'; readonly subject: DependencyTree; readonly excluded: DependencyTree }
  | {
      readonly op: 'if' | 'unless';
      readonly subject: DependencyTree;
      readonly condition: DependencyTree;
      readonly otherwise: DependencyTree | null;
    };

/** Text comes from untrusted metadata and the parser recurses. */
const maxDepth = 100;

/** Any dependency as a tree: a simple one is a leaf. */
export function parseRichDependency(dependency: Dependency): DependencyTree {
  if (!isRich(dependency)) return { op: 'leaf', dependency };
  const reader = new Reader(dependency.name);
  const tree = reader.group(0);
  reader.end();
  return tree;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `( operand [operator operand]* )` */
  group(depth: number): DependencyTree {
    if (depth > maxDepth) throw this.#error('it is nested too deeply');
    this.#expect('(');
    const first = this.#operand(depth);
    const operator = this.#word();
    const tree = this.#rest(first, operator, depth);
    this.#expect(')');
    return tree;
  }

  end(): void {
    this.#space();
    if (this.#at !== this.#text.length) throw this.#error('something follows the closing parenthesis');
  }

  #rest(first: DependencyTree, operator: string, depth: number): DependencyTree {
    switch (operator) {
      case '':
        return first;
      case 'and':
      case 'or':
      case 'with':
        return { op: operator, operands: this.#chain(first, operator, depth) };
      case 'without':
        return { op: operator, subject: first, excluded: this.#operand(depth) };
      case 'if':
      case 'unless': {
        const condition = this.#operand(depth);
        const next = this.#word();
        if (next !== '' && next !== 'else') throw this.#error(`"${next}" cannot follow "${operator}"`);
        return { op: operator, subject: first, condition, otherwise: next === 'else' ? this.#operand(depth) : null };
      }
      default:
        throw this.#error(`"${operator}" is not an operator`);
    }
  }

  #chain(first: DependencyTree, operator: string, depth: number): DependencyTree[] {
    const operands = [first];
    for (let next = operator; next !== ''; next = this.#word()) {
      if (next !== operator) throw this.#error(`"${next}" cannot follow "${operator}" without parentheses`);
      operands.push(this.#operand(depth));
    }
    return operands;
  }

  #operand(depth: number): DependencyTree {
    this.#space();
    if (this.#text[this.#at] === '(') return this.group(depth + 1);
    const name = this.#word();
    if (name === '') throw this.#error('a dependency is missing');
    const comparison = /^\s*(<=|>=|==|<|>|=)\s*([^\s()]+)/.exec(this.#text.slice(this.#at));
    if (comparison === null) return { op: 'leaf', dependency: parseDependency(name) };
    this.#at += comparison[0].length;
    return { op: 'leaf', dependency: parseDependency(`${name} ${comparison[1]} ${comparison[2]}`) };
  }

  /** Up to a space or the parenthesis that closes the group; parentheses that the word itself opens belong to it: `kmod(x.ko)`. */
  #word(): string {
    this.#space();
    const start = this.#at;
    let open = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === '(') open++;
      else if (char === ')' && open-- === 0) break;
      else if (char !== undefined && /\s/.test(char)) break;
    }
    return this.#text.slice(start, this.#at);
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #expect(char: string): void {
    this.#space();
    if (this.#text[this.#at] !== char) throw this.#error(`"${char}" is missing`);
    this.#at++;
  }

  #error(problem: string): InputError {
    return new InputError('invalid', `rich dependency "${this.#text}": ${problem}`, { place: { offset: this.#at } });
  }
}
