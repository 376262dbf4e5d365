/**
 * Hardware supplements in the form that openSUSE's rpm-config-SUSE gives them (scripts/find-supplements.ksyms): only aliases with a
 * colon inside, encoded, sorted by byte, and merged where neighbours differ in one character.
 */

const utf8 = new TextEncoder();

/** Every byte outside `* : a-z A-Z 0-9` becomes `%XX`, the per cent sign too; libzypp decodes it before it matches. */
export function encodeModalias(alias: string): string {
  return alias.replace(/[^*:a-zA-Z0-9]/gu, (char) =>
    [...utf8.encode(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/**
 * Merges sorted, distinct texts: a run whose members differ from its first one at one and the same position becomes one text with
 * a character class there. A `*` is never put into a class.
 */
export function mergeNeighbours(sorted: readonly string[]): string[] {
  const merged: string[] = [];
  let run: { first: string; position: number; variants: string } | null = null;
  const close = (): void => {
    if (run === null) return;
    const { first, position, variants } = run;
    merged.push(variants === '' ? first : `${first.slice(0, position)}[${variants}]${first.slice(position + 1)}`);
  };
  for (const text of sorted) {
    if (run !== null) {
      const at = singleDifference(run.first, text);
      if (at !== null && run.first[at] !== '*' && (run.variants === '' || run.position === at)) {
        run.variants = (run.variants === '' ? run.first.charAt(at) : run.variants) + text.charAt(at);
        run.position = at;
        continue;
      }
    }
    close();
    run = { first: text, position: 0, variants: '' };
  }
  close();
  return merged;
}

/** The one position at which two different texts differ, if it is only one. */
function singleDifference(a: string, b: string): number | null {
  if (a.length !== b.length) return null;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return a.slice(at + 1) === b.slice(at + 1) ? at : null;
}

/**
 * Aliases of hardware as one package supplements them. They are sorted with the parenthesis that closes `modalias(…)`, as the generator
 * sorts whole dependencies: `%20` comes before it and a letter behind.
 */
export function hardwareAliases(aliases: Iterable<string>): string[] {
  const texts = new Set<string>();
  for (const alias of aliases) {
    const encoded = encodeModalias(alias);
    // `fs-ext4` is no hardware; `devname:…` and the like have a colon and pass, in the original too.
    if (/.:./.test(encoded)) texts.add(`${encoded})`);
  }
  return mergeNeighbours([...texts].sort()).map((text) => text.slice(0, -1));
}

/** The same as Red Hat's modalias.prov writes them: any character that a dependency's name should not have becomes `_`. */
export function redhatAliases(aliases: Iterable<string>): string[] {
  const texts = new Set<string>();
  for (const alias of aliases) if (/.:./.test(alias)) texts.add(alias.replace(/[^\][0-9a-zA-Z._:*?/-]/g, '_'));
  return mergeNeighbours([...texts].sort());
}

/** The driver's version as modalias.prov writes it; empty where it has none. */
export function redhatDriverVersion(driverVersion: string | null): string {
  return (driverVersion ?? '').trim().replace(/[^A-Za-z0-9.+~^]+/g, '_');
}
