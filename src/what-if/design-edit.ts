import { z } from 'zod';
import { InputError } from '#errors';

/** A change of one dependency of a design. */
export interface DesignEdit {
  /** Key of the kind of packages that has it. */
  readonly kind: string;
  /** `requires`, `supplements`, … */
  readonly list: string;
  /** The dependency, as the design writes it. */
  readonly text: string;
  /** Left out, or about the version of one kernel. */
  readonly action: 'drop' | 'bind';
}

const kindSchema = z.looseObject({
  drop: z.record(z.string(), z.array(z.string())).optional(),
  replace: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
const editedSchema = z.looseObject({ extends: z.string(), packages: z.record(z.string(), kindSchema).optional() });

/** A scheme with one edit more, as a design in place: what `designNamed` reads. @throws InputError where the dependency cannot be bound */
export function editedScheme(scheme: string, { kind, list, text, action }: DesignEdit): string {
  const before = scheme.trim().startsWith('{')
    ? editedSchema.parse(JSON.parse(scheme))
    : { extends: scheme, about: `${scheme}, edited`, question: 'What if dependencies were others?' };
  const packages = 'packages' in before ? (editedSchema.parse(before).packages ?? {}) : {};
  const own = packages[kind] ?? {};
  const edited =
    action === 'drop'
      ? { ...own, drop: { ...own.drop, [list]: [...(own.drop?.[list] ?? []), text] } }
      : { ...own, replace: { ...own.replace, [list]: { ...own.replace?.[list], [text]: boundText(text) } } };
  return JSON.stringify({ ...before, packages: { ...packages, [kind]: edited } });
}

/** The dependency as one on a version: hardware of one kernel's, or what is named, as of this version. */
export function boundText(text: string): string {
  if (text.startsWith('modalias(kernel-{flavor}:'))
    return text.replace('kernel-{flavor}:', '{kernel.name}-{kernel.version}-{kernel.release}:');
  if (!/[<>=()]/.test(text)) return `${text} = {version}`;
  throw new InputError('unsupported', `"${text}" names a version already, or nothing that has one`, {
    expected: 'a name, or modalias(kernel-{flavor}:…)',
  });
}
