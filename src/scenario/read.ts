import { basename } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { InputError, nearest, type Place } from '#errors';
import { readInputText } from '#files';
import { type Scenario, scenarioSchema } from './scenario.js';

export interface ScenarioFile {
  /** File name without folder and suffix. */
  readonly id: string;
  readonly file: string;
  readonly scenario: Scenario;
}

/** A scenario is written by a person; a file over this size is not one. */
const limitBytes = 1 << 20;

/** Reads one scenario. Throws InputError with file, line and column: missing, too-large, corrupt (YAML), unknown-key, invalid. */
export async function readScenario(file: string): Promise<ScenarioFile> {
  const text = await readInputText(file, { limitBytes, expected: 'a scenario; scenarios/ has those that come along' });
  return { id: basename(file).replace(/\.ya?ml$/, ''), file, scenario: parseScenario(text, file) };
}

export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new InputError('corrupt', fault.message.split('\n')[0] ?? 'is not YAML', {
      file,
      place: { line, column: col },
      expected: 'valid YAML 1.2',
    });
  }
  const parsed = scenarioSchema.safeParse(expandAliases(document, file));
  if (parsed.success) return parsed.data;
  throw schemaError(parsed.error, file, (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return {};
  });
}

/** Few aliases are enough for a scenario; the limit stops a file of a few lines from growing into gigabytes. */
function expandAliases(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new InputError('too-large', 'has too many YAML aliases', { file, cause, hint: 'write the values out' });
  }
}

function schemaError(error: z.ZodError, file: string, placeOf: (path: readonly PropertyKey[]) => Place): InputError {
  const issue = error.issues[0];
  if (issue === undefined) return new InputError('invalid', 'is not a scenario', { file });
  const part = issue.path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);
  const place = { ...placeOf(issue.path), ...(part === '' ? {} : { part }) };
  if (issue.code !== 'unrecognized_keys') return new InputError('invalid', issue.message, { file, place });
  const key = issue.keys[0] ?? '';
  const known = knownKeys(issue.path);
  const guess = nearest(key, known);
  return new InputError('unknown-key', `unknown key "${key}"`, {
    file,
    place: placeWithKey(place, placeOf([...issue.path, key])),
    expected: `one of ${known.join(', ')}`,
    hint: guess === null ? 'remove it' : `write "${guess}" or remove it`,
  });
}

function placeWithKey(outer: Place, inner: Place): Place {
  return inner.line === undefined ? outer : { ...outer, ...inner };
}

/** The keys the schema has at a path, found by asking it: an object of nothing but an unknown key names what it lacks. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = scenarioSchema;
  for (const key of path) schema = child(schema, key);
  const shape = shapeOf(schema);
  return shape === null ? [] : Object.keys(shape);
}

interface ZodDefinition {
  readonly shape?: Record<string, unknown>;
  readonly innerType?: unknown;
  readonly element?: unknown;
  readonly valueType?: unknown;
}

function definitionOf(schema: unknown): ZodDefinition | null {
  if (typeof schema !== 'object' || schema === null || !('def' in schema)) return null;
  const { def } = schema;
  return typeof def === 'object' ? def : null;
}

/** Takes `.optional()` and `.default()` off. */
function unwrap(schema: unknown): ZodDefinition | null {
  const definition = definitionOf(schema);
  return definition?.innerType === undefined ? definition : unwrap(definition.innerType);
}

function shapeOf(schema: unknown): Record<string, unknown> | null {
  return unwrap(schema)?.shape ?? null;
}

function child(schema: unknown, key: PropertyKey): unknown {
  const definition = unwrap(schema);
  return definition?.shape?.[String(key)] ?? definition?.element ?? definition?.valueType;
}
