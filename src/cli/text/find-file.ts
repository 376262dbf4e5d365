import { stringify } from 'yaml';
import type { ChallengeRun, Find } from '#challenge';
import { brokenWords, evidenceText, whyText } from '#tell';

/** Each find as the scenario file that replays it, by the file's name; numbered where one promise is broken in several ways. */
export function findFiles({ design, finds }: Pick<ChallengeRun, 'design' | 'finds'>): Map<string, string> {
  const numbers = new Map<string, number>();
  return new Map(
    finds.map((find) => {
      const number = (numbers.get(find.cause.promise) ?? 0) + 1;
      numbers.set(find.cause.promise, number);
      return [`${slug(design)}-${slug(find.cause.promise)}-${number}.yaml`, findText(find)];
    }),
  );
}

/** `modular contents=boot` is `modular-contents-boot`, `drivenStaysDriven` is `driven-stays-driven`. */
function slug(text: string): string {
  const words = text.replace(/\.ya?ml$/, '').replace(/([a-z])([A-Z])/g, '$1-$2');
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** What is broken and why as comments, and the scenario. */
function findText(find: Find): string {
  const { design, seed, history, broken, why, document } = find;
  const comments = [
    `Found by "kmplab challenge '${design}' --seed ${seed}" in history ${history}, and made as small as it can be.`,
    `The last request breaks a promise: ${brokenWords[broken.promise]}.`,
    ...broken.evidence.map((evidence) => `  ${evidenceText(evidence)}`),
    ...(broken.died === null ? [] : [`  libsolv has no answer: ${broken.died}`]),
    ...(why === null ? [] : ['Why, as "kmplab solve --why" tells it:', ...indented(whyText(why))]),
  ];
  const scenario = { ...document, question: questionOf(find) };
  return `${comments.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${stringify(scenario, { lineWidth: 130 })}`;
}

function questionOf({ broken, design }: Find): string {
  return `Under "${design}", after "${broken.request}": is it true that ${brokenWords[broken.promise]}?`;
}

const linesMax = 40;

function indented(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  const more = lines.length > linesMax ? ['  …'] : [];
  return [...lines.slice(0, linesMax).map((line) => `  ${line}`), ...more];
}
