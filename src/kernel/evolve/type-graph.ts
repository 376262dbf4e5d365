import { closure } from '#collections';
import type { KernelBuild } from '../build.js';
import { templateSymbolName } from '../synth/rename.js';
import { hashOf } from './hash.js';
import type { ObservedReach } from './observed.js';

/** A C type as genksyms sees it: a change of it changes the CRC of every symbol whose signature reaches it. */
export interface KernelType {
  readonly name: string;
  /**
   * `observed`: known by what changed together in real updates. `subsystem`: shared by the exporters of one directory. `exporter`:
   * private to one kernel module. `signature`: one symbol's own.
   */
  readonly kind: 'observed' | 'subsystem' | 'exporter' | 'signature';
}

/**
 * Which types embed or point to which, and which types the signature of each exported symbol names. Numbers are places in `types` and
 * `symbols`.
 */
export interface TypeGraph {
  readonly types: readonly KernelType[];
  /** For each type those that contain it directly. */
  readonly containers: readonly (readonly number[])[];
  /** Names of all exported symbols, the image's first. */
  readonly symbols: readonly string[];
  /** For each symbol the types its signature names directly. */
  readonly signatures: readonly (readonly number[])[];
  /** For each symbol how many kernel modules import it. */
  readonly users: readonly number[];
}

/**
 * How much of a directory's, or an exporter's, interface names its central type. In updates of Debian's 6.1 that touched one exporter, half to
 * four fifths of its symbols changed; the others take plain integers, or types of the base.
 */
const namesOwnTypeShare = 0.7;

/**
 * The type graph of a build. Types of the base (`struct module`, `struct sk_buff` and the like) are those that explain the changes
 * observed in the committed chain of Debian builds: symbols that changed together in an update reach a type that changed in
 * it. Symbols that the chain does not know, of other versions or flavors, get the types of a symbol drawn by a hash of their name.
 * Below the base, each subsystem directory and each exporting kernel module has its own type, the former within the latter.
 */
export function typeGraphOf(build: KernelBuild, observed: ObservedReach): TypeGraph {
  const types: KernelType[] = observed.types.map((name) => ({ name, kind: 'observed' }));
  const containers: number[][] = types.map(() => []);
  const addType = (type: KernelType): number => {
    containers.push([]);
    return types.push(type) - 1;
  };
  const symbols: string[] = [];
  const signatures: number[][] = [];
  const addSymbol = (name: string, own: readonly number[]): void => {
    symbols.push(name);
    const signature = addType({ name: `signature of ${name}`, kind: 'signature' });
    const owns = own.filter(() => hashOf(name, 'own') < namesOwnTypeShare);
    signatures.push([...observed.typesOf(templateSymbolName(name)), ...owns, signature]);
  };
  const subsystems = new Map<string, number>();
  for (const { name } of build.image.exports) addSymbol(name, []);
  for (const { name, path, exports } of build.modules) {
    if (exports.length === 0) continue;
    const directory = path.slice(0, path.lastIndexOf('/'));
    const subsystem = subsystems.get(directory) ?? addType({ name: `types of ${directory}`, kind: 'subsystem' });
    subsystems.set(directory, subsystem);
    const own = addType({ name: `types of ${name}`, kind: 'exporter' });
    containers[subsystem]?.push(own);
    for (const symbol of exports) addSymbol(symbol.name, [own]);
  }
  const users = new Map<string, number>();
  for (const { imports } of build.modules) for (const { name } of imports) users.set(name, (users.get(name) ?? 0) + 1);
  return { types, containers, symbols, signatures, users: symbols.map((name) => users.get(name) ?? 0) };
}

/** Places of the symbols whose CRC changes when these types change: those that reach one of them, through any number of containers. */
export function reachedBy(graph: TypeGraph, changed: Iterable<number>): number[] {
  const touched = closure(changed, (type) => graph.containers[type] ?? []);
  const reached: number[] = [];
  for (const [index, signature] of graph.signatures.entries()) {
    if (signature.some((type) => touched.has(type))) reached.push(index);
  }
  return reached;
}
