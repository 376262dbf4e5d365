import { type CST, type Document, isMap, isScalar, isSeq, LineCounter, Parser, parseDocument, visit } from 'yaml';
import { InputError, type Place } from '#errors';
import { checkDocument, type DocumentKind } from './document.js';

/** The parser's second pass recurses; some thousand levels abort the process where no `catch` reaches. Nothing of ours has ten. */
const depthMax = 100;

/**
 * Parses and checks a YAML document that a person wrote. Aliases are refused: nothing of ours needs them, and a few lines of them can stand for
 * gigabytes or for themselves. A tag or directive that the parser does not know is an error too.
 *
 * @throws InputError with line and column: corrupt (not YAML), too-large (nested too deeply), unsupported (aliases), unknown-key, invalid
 */
export function parseYaml<Value>(text: string, file: string, kind: DocumentKind<Value>): Value {
  const { what: expected, hint } = kind;
  if (depthOf(text) > depthMax) {
    const limit = `${expected}, at most ${depthMax} levels deep`;
    throw new InputError('too-large', 'this is nested too deeply', { file, expected: limit, hint });
  }
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) {
    const problem = fault.message.split('\n')[0]?.replace(/ at line \d+, column \d+:$/, '') ?? 'is not YAML';
    throw new InputError('corrupt', problem, { file, place: placeAt(fault.pos[0]), expected, hint });
  }
  const alias = firstAlias(document);
  if (alias !== null) {
    throw new InputError('unsupported', 'a YAML alias', { file, place: placeAt(alias), hint: 'write the values out' });
  }
  return checkDocument(document.toJS(), file, kind, (path) => {
    const offset = offsetOf(document, path);
    return placeAt(offset ?? 0);
  });
}

/** Where a path of a document that `parseYaml` accepted stands, for an error that is found later. */
export function placeInYaml(text: string, path: readonly PropertyKey[]): Place {
  const lines = new LineCounter();
  const offset = offsetOf(parseDocument(text, { lineCounter: lines }), path);
  if (offset === null) return {};
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Levels of nesting, from the parser's first pass, which keeps its own stack. */
function depthOf(text: string): number {
  let deepest = 0;
  const open: { token: CST.Token; depth: number }[] = [];
  for (const token of new Parser().parse(text)) open.push({ token, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    deepest = Math.max(deepest, depth);
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return deepest;
}

function firstAlias(document: Document.Parsed): number | null {
  let offset: number | null = null;
  visit(document, {
    Alias: (_, node) => {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Where a path stands: its value in a list, its key in a map; as far along the path as the text has it. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | null {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? null;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!isScalar(pair?.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isScalar(node) || isMap(node) || isSeq(node)) offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}
