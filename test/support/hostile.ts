import { type RunDocument, runDocumentSchema } from '#run-document';

/** What package metadata could hold to break out of a page, a script, a chart or a reader's eye. */
export const hostileTexts: readonly string[] = [
  '</script><script>document.title="pwned"</script>',
  '"><img src=x onerror="document.title=\'pwned\'">',
  "' onmouseover='document.title=1",
  '<svg/onload=document.title=1>',
  '</title></style></svg><h1>pwned</h1>',
  ']]>--><!--',
  '$\u007bdocument.title}{{constructor.constructor("x")()}}',
  'javascript:document.title=1',
  'kmp\u202egpj\u2066\u0000\u0007\u2028\u2029\ud800',
  '&lt;b&gt;&amp;',
];

/**
 * The same run with a hostile text before every string, except where the schema allows only certain words. Equal strings stay equal, so
 * that what belongs together still does.
 */
export function hostileRun(document: RunDocument): RunDocument {
  const given = new Map<string, string>();
  const hostile = (text: string): string => {
    const known = given.get(text) ?? `${hostileTexts[given.size % hostileTexts.length] ?? ''}${text}`;
    given.set(text, known);
    return known;
  };
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return isClosedWord(path) ? value : hostile(value);
    if (Array.isArray(value)) return value.map((element) => walk(element, `${path}[]`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, walk(element, `${path}.${key}`)]));
  };
  return runDocumentSchema.parse(walk(document, ''));
}

/** Keys whose values are words of the schema, wherever they stand. */
const closedKeys: ReadonlySet<string> = new Set([
  'format',
  'status',
  'phase',
  'of',
  'by',
  'build',
  'kind',
  'state',
  'why',
  'reason',
  'basis',
  'absent',
  'support',
  'counted',
  'timed',
  'action',
  'holds',
  'relation',
  'promise',
  'ground',
  'part',
  'change',
  'layout',
  'comparedWith',
]);

function isClosedWord(path: string): boolean {
  if (/\.(statement|cause)\.by$/.test(path)) return false;
  return (
    closedKeys.has(path.slice(path.lastIndexOf('.') + 1)) ||
    path.endsWith('.drivers[].from') ||
    /\.policy\.(weakModules|unsupportedModules|signatures)$/.test(path) ||
    /\.steps\[\]\.type$/.test(path) ||
    /\.trials\[\]\.broken\[\]$/.test(path) ||
    /\.machines\[\]\.steps\[\]\.name$/.test(path) ||
    path === '.growth[].over'
  );
}
