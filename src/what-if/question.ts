import { z } from 'zod';
import { InputError } from '#errors';
import { requestSchema } from '#scenario';

const names = z.array(z.string().min(1)).max(200);

const swapSchema = z.strictObject({
  /** Name of a device of the hardware profile. */
  device: z.string().min(1),
  /** What the kernel says of the one in its place. */
  modalias: z.string().min(1),
});

/**
 * One request on one machine, made up from little: the kernels in reach under a design, what the first of them was installed with, and what
 * is otherwise than the design and the kernel would have it. Whatever it says, a scenario can say too.
 */
export const questionSchema = z.strictObject({
  request: requestSchema,
  scheme: z.string().min(1),
  /** Kernel builds in reach, oldest first. The machine was installed with the first of them. */
  kernels: z.array(z.string().min(1)).min(1).max(8),
  hardware: z.string().min(1).nullable(),
  /** What was asked for when the machine was installed; nothing where its disk is empty. */
  had: names,
  /** Packages of the last kernel that are not there. */
  withhold: names,
  /** Symbols whose checksum is another one in the last kernel. */
  change: names,
  /** `zypper addlock` before the request. */
  locks: names,
  /** Devices that are exchanged before the request. */
  swaps: z.array(swapSchema).max(50),
});
export type Question = z.infer<typeof questionSchema>;

/** A question as the address of the page has it, and the command line: texts by the names of options. */
export type QuestionParts = ReadonlyMap<string, readonly string[]>;

/** @throws InputError `usage` where the parts are no question */
export function questionOf(parts: QuestionParts): Question {
  const list = (key: string): string[] => [...(parts.get(key) ?? [])];
  const only = (key: string): string | undefined => parts.get(key)?.[0];
  const parsed = questionSchema.safeParse({
    request: {
      verb: only('verb'),
      names: list('name'),
      noRecommends: parts.has('no-recommends'),
      allowUninstall: parts.has('allow-uninstall'),
    },
    scheme: only('scheme') ?? 'modular',
    kernels: list('kernel'),
    hardware: only('hardware') ?? null,
    had: list('had'),
    withhold: list('withhold'),
    change: list('change'),
    locks: list('lock'),
    swaps: list('swap').map(swapOf),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError('usage', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'this is no question'}`);
}

/** What `questionOf` reads; options that are off, and lists without a member, are left out. */
export function questionParts({
  request,
  scheme,
  kernels,
  hardware,
  had,
  withhold,
  change,
  locks,
  swaps,
}: Question): QuestionParts {
  const parts: [string, readonly string[]][] = [
    ['verb', [request.verb]],
    ['name', request.names],
    ['scheme', [scheme]],
    ['kernel', kernels],
    ['hardware', hardware === null ? [] : [hardware]],
    ['had', had],
    ['withhold', withhold],
    ['change', change],
    ['lock', locks],
    ['swap', swaps.map(({ device, modalias }) => `${device}=${modalias}`)],
    ['no-recommends', request.noRecommends ? ['yes'] : []],
    ['allow-uninstall', request.allowUninstall ? ['yes'] : []],
  ];
  return new Map(parts.filter(([, values]) => values.length > 0));
}

/** The question as the part of an address behind `#`. */
export function questionAddress(question: Question): string {
  const address = new URLSearchParams();
  for (const [key, values] of questionParts(question)) for (const value of values) address.append(key, value);
  return address.toString();
}

/** @throws InputError `usage` */
export function questionOfAddress(text: string): Question {
  const parts = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(text)) parts.set(key, [...(parts.get(key) ?? []), value]);
  return questionOf(parts);
}

function swapOf(text: string): z.infer<typeof swapSchema> {
  const equals = text.indexOf('=');
  if (equals > 0) return { device: text.slice(0, equals), modalias: text.slice(equals + 1) };
  throw new InputError('usage', `"${text}" exchanges no device`, { expected: 'DEVICE=MODALIAS' });
}
