import { loops, packageLoop } from './loops.js';
import { kernelPlaceholders, packagePlaceholders } from './placeholders.js';
import { designJsonSchema } from './schema.js';

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: boolean | Described;
  readonly anyOf?: readonly Described[];
  readonly enum?: readonly string[];
}

/** The reference of the format as Markdown, made from nothing but the schema and the words that texts may have. */
export function designReference(): string {
  const root: Described = designJsonSchema();
  const packages = valueOfKey(root.properties?.['packages']);
  const option = valueOfKey(root.properties?.['options']);
  const ofKernel = Object.entries(kernelPlaceholders).map(([key, { about }]) => [`{${key}}`, about]);
  const ofPackage = Object.entries(packagePlaceholders).map(([key, { of, about }]) => [
    `{${key}}`,
    of === undefined ? about : `${about} (${where[of]})`,
  ]);
  return [
    section('The file', ['key', 'meaning'], keys(root)),
    section('A kind of packages: `packages.*`', ['key', 'meaning'], keys(packages)),
    section('An option: `options.*`', ['key', 'meaning'], keys(option)),
    section('Placeholders', ['text', 'stands for'], [...ofKernel, ...ofPackage]),
    section(
      'Loops: `{ each: …, as: … }`',
      ['each', 'written once per', 'placeholders'],
      Object.entries({ ...loops, 'a key of `packages`': packageLoop }).map(([key, { about, placeholders }]) => [
        key,
        about,
        Object.keys(placeholders)
          .map((word) => `\`{${word}}\``)
          .join(', '),
      ]),
    ),
  ].join('\n');
}

const where = { module: 'one kernel module', group: 'groups', named: 'not in name, version and release' } as const;

function valueOfKey(schema: Described | undefined): Described {
  const value = schema?.additionalProperties;
  if (typeof value !== 'object') return {};
  return value.anyOf?.[0] ?? value;
}

function keys({ properties = {} }: Described): string[][] {
  return Object.entries(properties).map(([key, { description = '', enum: values }]) => {
    const choices = values === undefined ? '' : `${values.map((value) => `\`${value}\``).join(', ')}: `;
    return [key, `${choices}${description}`];
  });
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const body = rows.map(([first = '', ...rest]) => line([first.startsWith('a ') ? first : `\`${first}\``, ...rest]));
  return [`### ${title}`, '', line(head), line(head.map(() => '---')), ...body, ''].join('\n');
}
