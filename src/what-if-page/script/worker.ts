import { z } from 'zod';
import { InputError } from '#errors';
import { parseKernelBuild } from '#kernel';
import { designNamed, parseSchemeText } from '#packaging';
import { dependencyKinds } from '#rpm';
import { type MadeRepository, MemoryRepositories, StepMemory, WarmSolves } from '#run';
import {
  type Answered,
  answer,
  editedScheme,
  type Lab,
  questionCommand,
  questionOfAddress,
  questionScenarioText,
} from '#what-if';
import type { Baggage, Dependency, FromWorker, ToWorker } from './protocol.js';
import { provideFiles } from './substitutes/embedded.js';
import { hardwareNamed } from './substitutes/inputs.js';
import { provideModule } from './substitutes/libsolv.js';
import { gzipLength, unpacked, unpackedText } from './unpack.js';

const textsSchema = z.record(z.string(), z.string());

const say = (message: FromWorker): void => globalThis.postMessage(message);
const onProgress = (text: string): void => say({ kind: 'progress', text });

let lab: Lab | null = null;
let answered: Answered | null = null;
/** Messages are dealt with one after the other. */
let last: Promise<void> = Promise.resolve();

globalThis.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  last = last.then(async () => {
    const id = data.kind === 'load' ? null : data.id;
    try {
      await heard(data);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      if (cause instanceof InputError && id !== null) say({ kind: 'refused', id, message });
      else say({ kind: 'broken', id, message });
    }
  });
});

async function heard(message: ToWorker): Promise<void> {
  const started = performance.now();
  if (message.kind === 'load') {
    lab = await labOf(message.baggage);
    say({ kind: 'loaded', ms: performance.now() - started });
    return;
  }
  if (lab === null) throw new Error('nothing was loaded');
  const { id } = message;
  if (message.kind === 'design') {
    const { scheme, edit } = message;
    const edited = edit === null ? scheme : editedScheme(scheme, edit);
    say({ kind: 'designed', id, scheme: edited, dependencies: dependenciesOf(edited) });
    return;
  }
  if (message.kind === 'why') {
    if (answered === null) throw new Error('nothing was asked');
    say({ kind: 'because', id, why: await answered.why(message.name) });
    return;
  }
  const question = questionOfAddress(message.address);
  answered = null;
  answered = await answer(question, lab);
  const ms = performance.now() - started;
  const hardware = question.hardware === null ? null : await lab.hardwareNamed(question.hardware);
  const copies = { command: questionCommand(question), scenario: questionScenarioText(question, hardware) };
  say({ kind: 'answer', id, step: answered.step, ms, ...copies });
}

function dependenciesOf(scheme: string): Dependency[] {
  const { packages } = designNamed(parseSchemeText(scheme).name);
  return [...packages].flatMap(([kind, { lines }]) =>
    dependencyKinds.flatMap((list) => lines[list].map(({ as }) => ({ kind, list, text: as }))),
  );
}

async function labOf({ module, files, kernels, repositories }: Baggage): Promise<Lab> {
  onProgress('Reading designs and machines');
  provideFiles(new Map(Object.entries(textsSchema.parse(JSON.parse(await unpackedText(files))))));
  onProgress('Compiling libsolv');
  await provideModule(await unpacked(module));
  const made = new Map(
    repositories.map(({ key, solv, primaryGzipBytes }) => [
      key,
      async (): Promise<MadeRepository> => ({ solv: await unpacked(solv), primaryGzipBytes }),
    ]),
  );
  const kernelNamed = async (name: string) => {
    const packed = kernels[name];
    if (packed === undefined) {
      throw new InputError('missing', `this page does not have kernel build "${name}"`, {
        expected: `one of ${Object.keys(kernels).join(', ')}`,
      });
    }
    onProgress(`Reading ${name}`);
    return parseKernelBuild(await unpackedText(packed), name);
  };
  const memory = new MemoryRepositories({ kernelNamed, made, gzipBytes: gzipLength, onProgress });
  return { repositories: memory, hardwareNamed, onProgress, memory: new StepMemory(), solves: new WarmSolves() };
}
