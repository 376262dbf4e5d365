import { whyText } from '#tell';
import type { DesignEdit } from '#what-if';
import { listenToRates, showCosts } from './costs.js';
import { chosenDependency, showDependencies } from './dependencies.js';
import { byId, element } from './dom.js';
import { addressOfForm, field, fillForm } from './form.js';
import type { Baggage, FromWorker, ToWorker } from './protocol.js';
import { answerElements } from './show.js';

const status = byId('status', HTMLElement);
const answerAt = byId('answer', HTMLElement);
/** Number of the question that is open; answers to earlier ones are late. */
let open = 0;

const worker = startWorker();

function startWorker(): Worker {
  const source = new Blob([dataOf('worker')], { type: 'text/javascript' });
  const made = new Worker(URL.createObjectURL(source));
  made.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => heard(data));
  made.addEventListener('error', (event) => {
    status.textContent = `The solver ended: ${event.message}`;
  });
  return made;
}

function tell(message: ToWorker): void {
  worker.postMessage(message);
}

function dataOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

/** What the page carries stands in script elements that no browser runs. */
function baggage(): Baggage {
  const named = (kind: string): HTMLScriptElement[] => [
    ...document.querySelectorAll<HTMLScriptElement>(`script[data-kind="${kind}"]`),
  ];
  return {
    module: dataOf('libsolv'),
    files: dataOf('files'),
    kernels: Object.fromEntries(named('kernel').map((one) => [one.dataset['name'] ?? '', one.textContent])),
    repositories: named('repository').map((one) => ({
      key: one.dataset['key'] ?? '',
      primaryGzipBytes: Number(one.dataset['primaryGzipBytes']),
      solv: one.textContent,
    })),
  };
}

/** The address is asked as it stands: it may say more than the form shows, such as another order of kernels. */
function ask(address: string): void {
  open += 1;
  history.replaceState(null, '', `#${address}`);
  status.textContent = 'Solving';
  tell({ kind: 'ask', id: open, address });
}

function askDesign(edit: DesignEdit | null): void {
  tell({ kind: 'design', id: open, scheme: field('scheme').value, edit });
}

function heard(message: FromWorker): void {
  if ('id' in message && message.id !== null && message.id !== open) return;
  switch (message.kind) {
    case 'progress':
      status.textContent = message.text;
      return;
    case 'loaded':
      performance.mark('loaded');
      document.documentElement.dataset['loadedMs'] = message.ms.toFixed(0);
      return;
    case 'answer': {
      const { step, ms, command, scenario } = message;
      answerAt.replaceChildren(...answerElements(step));
      byId('command', HTMLTextAreaElement).value = command;
      byId('scenario', HTMLTextAreaElement).value = scenario;
      byId('json', HTMLTextAreaElement).value = JSON.stringify(step, null, 2);
      byId('found', HTMLElement).hidden = false;
      byId('because', HTMLElement).replaceChildren();
      showCosts(step.costs);
      status.textContent = `Answered in ${ms.toFixed(0)} ms`;
      document.documentElement.dataset['answered'] = String(message.id);
      document.documentElement.dataset['answerMs'] = ms.toFixed(0);
      return;
    }
    case 'designed':
      field('scheme').value = message.scheme;
      showDependencies(message.dependencies);
      return;
    case 'because':
      byId('because', HTMLElement).replaceChildren(
        element('pre', { tabindex: '0', 'aria-label': 'Why' }, whyText(message.why)),
      );
      status.textContent = 'Told why';
      return;
    case 'refused':
    case 'broken':
      answerAt.replaceChildren(element('pre', { tabindex: '0', 'aria-label': 'What is wrong' }, message.message));
      byId('found', HTMLElement).hidden = true;
      status.textContent = message.kind === 'refused' ? 'This question cannot be asked' : 'A fault of kmplab';
      document.documentElement.dataset['answered'] = String(message.id ?? open);
  }
}

function listen(): void {
  byId('question', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    ask(addressOfForm());
  });
  globalThis.addEventListener('hashchange', () => {
    fillForm(location.hash.slice(1));
    ask(location.hash.slice(1));
  });
  byId('why', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    tell({ kind: 'why', id: open, name: byId('why-name', HTMLInputElement).value });
  });
  field('scheme').addEventListener('change', () => askDesign(null));
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-edit]')) {
    const action = button.dataset['edit'] === 'bind' ? 'bind' : 'drop';
    button.addEventListener('click', () => {
      const chosen = chosenDependency();
      if (chosen !== null) askDesign({ ...chosen, action });
    });
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) {
    button.addEventListener('click', () => copy(byId(button.dataset['copies'] ?? '', HTMLTextAreaElement)));
  }
  listenToRates();
}

function copy(text: HTMLTextAreaElement): void {
  text.select();
  navigator.clipboard?.writeText(text.value).then(
    () => {
      status.textContent = 'Copied';
    },
    () => {
      status.textContent = 'Selected: copy it with the keyboard';
    },
  );
}

byId('needs-script', HTMLElement).hidden = true;
byId('lab', HTMLElement).hidden = false;
if (location.hash.length > 1) fillForm(location.hash.slice(1));
listen();
tell({ kind: 'load', baggage: baggage() });
ask(location.hash.length > 1 ? location.hash.slice(1) : addressOfForm());
askDesign(null);
