import { byId } from './dom.js';

/** Fields of one text, by the part of a question that each is; the first one is the verb. */
const single = ['verb', 'scheme', 'hardware'] as const;
/** Fields of several texts, one a line. */
const several = ['name', 'had', 'withhold', 'change', 'lock', 'swap'] as const;
const switches = ['no-recommends', 'allow-uninstall'] as const;

const form = (): HTMLFormElement => byId('question', HTMLFormElement);

/** The question that the form shows, as the address has it. */
export function addressOfForm(): string {
  const address = new URLSearchParams();
  for (const key of [
    'verb',
    'name',
    'scheme',
    'kernel',
    'hardware',
    'had',
    'withhold',
    'change',
    'lock',
    'swap',
  ] as const) {
    for (const value of valuesOf(key)) address.append(key, value);
  }
  for (const key of switches) if (byId(key, HTMLInputElement).checked) address.append(key, 'yes');
  return address.toString();
}

function valuesOf(key: (typeof single)[number] | (typeof several)[number] | 'kernel'): string[] {
  if (key === 'kernel') return kernels().flatMap((box) => (box.checked ? [box.value] : []));
  const text = field(key).value;
  const values = isSeveral(key) ? text.split('\n') : [text];
  return values.map((value) => value.trim()).filter((value) => value !== '');
}

/** Shows the question of an address; what it does not say is off. */
export function fillForm(text: string): void {
  const address = new URLSearchParams(text);
  for (const key of single) field(key).value = address.get(key) ?? '';
  for (const key of several) field(key).value = address.getAll(key).join('\n');
  for (const box of kernels()) box.checked = address.getAll('kernel').includes(box.value);
  for (const key of switches) byId(key, HTMLInputElement).checked = address.has(key);
}

function kernels(): HTMLInputElement[] {
  return [...form().querySelectorAll<HTMLInputElement>('input[name="kernel"]')];
}

export function field(key: string): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  const found = form().elements.namedItem(key);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement)
    return found;
  throw new Error(`the form has no field "${key}"`);
}

function isSeveral(key: string): key is (typeof several)[number] {
  return (several as readonly string[]).includes(key);
}
