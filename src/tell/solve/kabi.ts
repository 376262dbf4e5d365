import type { ChangedSymbol, Checksum, KabiConflict, KabiJudgement, Problem } from '#run-document';
import { checksum, count, listed } from '../numbers.js';
import { statementText } from './statement.js';

/** What is wrong, to be read first: what changed between which builds, or what is missing or in the way. */
export function problemText({ kabi, cause }: Pick<Problem, 'kabi' | 'cause'>): string {
  const [conflict] = kabi;
  return conflict === undefined ? statementText(cause) : kabiText(conflict);
}

/**
 * A kABI conflict in sentences, the last one without full stop: which build, not which other one, how much of it changed, and the last
 * kernel that would do.
 */
export function kabiText(conflict: KabiConflict): string {
  const [first] = conflict.notFor;
  if (first === undefined) return `${conflict.package} fits every kernel in reach`;
  return [buildText(conflict, first), judgementText(first, conflict.symbols), ...lastText(conflict, first)].join('. ');
}

/** Only for a newer kernel than its own can a package fail to be rebuilt. */
function buildText({ package: pkg, builtFor }: KabiConflict, { kernel, relation }: KabiJudgement): string {
  const built = `${pkg} was built for ${builtFor ?? 'a kernel that is not in reach'}`;
  switch (relation) {
    case 'same':
      // A repository caught halfway.
      return `${built}, of which packages are not in reach`;
    case 'older':
      return `${built}, not for ${kernel}`;
    case 'newer':
    case 'unknown':
      return `${built}, not rebuilt for ${kernel}`;
  }
}

function judgementText({ changed, missing, examples }: KabiJudgement, symbols: number): string {
  const hashed = examples.some(({ wanted }) => typeof wanted === 'string');
  const imports = `of the ${count(symbols)} ${hashed ? 'sets of symbols' : 'symbols'} it imports`;
  const named = listed(
    examples.map(({ symbol }) => symbol),
    examples.length,
    changed + missing,
  );
  if (changed === 0) return `Nothing in reach exports ${count(missing)} ${imports} (${named})`;
  const gone = missing === 0 ? '' : `, and nothing in reach exports ${count(missing)} more of them`;
  return `${count(changed)} ${imports} changed${gone} (${named})`;
}

function lastText({ lastCompatible }: KabiConflict, { relation }: KabiJudgement): string[] {
  if (relation === 'same') return [];
  return [
    lastCompatible === null
      ? 'It fits no kernel in reach'
      : `The newest kernel in reach that it fits is ${lastCompatible}`,
  ];
}

/** `printk: compiled against 0x0000001a, 6.1.0-53-amd64 has 0x0000002b` */
export function changedSymbolText({ symbol, wanted, found }: ChangedSymbol, kernel: string): string {
  const other = found === null ? `nothing of ${kernel} exports it` : `${kernel} has ${checksumText(found)}`;
  return `${symbol}: compiled against ${checksumText(wanted)}, ${other}`;
}

/** `0x0000001a`; the hash of a set of symbols as it is; `none` where there is none. */
export function checksumText(value: Checksum | null): string {
  if (value === null) return 'none';
  return typeof value === 'number' ? checksum(value) : value;
}
