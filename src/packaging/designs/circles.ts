import { append, closure } from '#collections';
import { placeText } from './place.js';
import type { UnfoldedDraft } from './unfold.js';

/**
 * Packages in one circle of requirements that libsolv still orders in no time. Its transaction_order, of 250 of them: 0.1 s; 500: 0.7 s and
 * 227 MB; 1,000: 4.3 s and 1.45 GB, measured natively.
 */
const circleMax = 100;

/**
 * Notes of packages of a kernel that require many which require them. Names are what counts, also those in rich dependencies; a package
 * of a kernel that few of its requirements are of other packages cannot be in such a circle and is not looked at.
 */
export function circleNotes(drafts: readonly UnfoldedDraft[]): string[] {
  const suspects = drafts.filter(({ kind, requires = [] }) => kind.for === 'kernel' && requires.length > circleMax);
  if (suspects.length === 0) return [];
  const providers = new Map<string, UnfoldedDraft[]>();
  for (const draft of drafts) {
    const names = [draft.name, ...(draft.provides ?? []).map(({ name }) => name)];
    for (const name of names) append(providers, name, draft);
  }
  const needs = new Map(drafts.map((draft) => [draft, neededBy(draft, providers)]));
  const needers = new Map<UnfoldedDraft, UnfoldedDraft[]>(drafts.map((draft) => [draft, []]));
  for (const [draft, needed] of needs) for (const provider of needed) needers.get(provider)?.push(draft);
  return suspects.flatMap((suspect) => {
    const above = closure([suspect], (draft) => needers.get(draft) ?? []);
    const circle = [...closure([suspect], (draft) => needs.get(draft) ?? [])].filter((draft) =>
      above.has(draft),
    ).length;
    if (circle <= circleMax) return [];
    const [line] = suspect.kind.lines.requires.filter(({ loop }) => loop !== null);
    const place = placeText(line?.line.at ?? suspect.kind.kind.at);
    return `${place}: ${suspect.name} and ${circle - 1} packages require each other; the time libsolv takes to order such a circle grows faster than its square`;
  });
}

function neededBy(
  { requires = [] }: UnfoldedDraft,
  providers: ReadonlyMap<string, readonly UnfoldedDraft[]>,
): UnfoldedDraft[] {
  const names = requires.flatMap(({ name }) => (name.startsWith('(') ? name.slice(1, -1).split(' ') : [name]));
  return [...new Set(names.flatMap((name) => providers.get(name) ?? []))];
}
