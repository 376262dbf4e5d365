import { type JsonSchema, scenarioJsonSchema } from './json-schema.js';

/** Parts of the format that have their own table, by where they stand. */
const parts: readonly { readonly path: string; readonly title: string }[] = [
  { path: '', title: 'The file' },
  { path: 'repositories.*', title: 'A repository' },
  { path: 'steps[]', title: 'A step' },
  { path: 'steps[].request', title: 'A request' },
  { path: 'steps[].expect', title: 'An expectation' },
  { path: 'system', title: 'The package manager’s settings' },
  { path: 'loader', title: 'Loading kernel modules' },
  { path: 'initrd', title: 'Initrds' },
];

interface Row {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** The reference of the scenario format as Markdown: a table for each part, made from nothing but the schema. */
export function scenarioReference(): string {
  const root = scenarioJsonSchema();
  return parts.map(({ path, title }) => section(title, path, at(root, path))).join('\n');
}

function at(root: JsonSchema, path: string): JsonSchema {
  const steps = path.split(/(?=\[\])|\./).filter((step) => step !== '');
  return steps.reduce((schema, step) => {
    if (step === '[]') return schema.items ?? {};
    if (step === '*') return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
    return schema.properties?.[step] ?? {};
  }, root);
}

function section(title: string, path: string, schema: JsonSchema): string {
  const heading = path === '' ? title : `${title}: \`${path}\``;
  const lines = rowsOf(schema, '', path).map(({ key, schema: value, required }) => {
    const cells = [`\`${key}\`${required ? ' (needed)' : ''}`, valueText(value), value.description ?? ''];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [`### ${heading}`, '', '| key | value | meaning |', '| --- | --- | --- |', ...lines, ''].join('\n');
}

/** The keys of an object, those of its objects below them, down to the parts with their own table. */
function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix: string, path: string): Row[] {
  return Object.entries(properties).flatMap(([name, schema]): Row[] => {
    const key = `${prefix}${name}`;
    const row = { key, schema, required: required.includes(name) };
    const place = path === '' ? key : `${path}.${key}`;
    if (parts.some((part) => part.path.startsWith(place)) || /\.(?:system|loader|initrd)$/.test(place)) return [row];
    const below = schema.items ?? schema;
    const suffix = schema.items === undefined ? '.' : '[].';
    return [row, ...rowsOf(below, `${key}${suffix}`, path)];
  });
}

/** `true` or `false`, `list of texts`, `in`, `rm` …: what may stand there. */
function valueText(schema: JsonSchema): string {
  const { type, anyOf, items, properties = {}, additionalProperties, propertyNames } = schema;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (anyOf !== undefined) return [...new Set(anyOf.map(valueText))].join(', or ');
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return `list of ${items?.type === 'object' ? 'objects' : 'texts'}`;
  if (type === 'object' && propertyNames?.enum !== undefined) {
    return `object with ${propertyNames.enum.map((value) => `\`${value}\``).join(', ')}`;
  }
  if ('min' in properties) return '`{ min, max }`, either of which may be left out';
  if (type === 'object') return typeof additionalProperties === 'object' ? 'object by name' : 'object';
  return type === 'string' ? 'text' : '';
}
