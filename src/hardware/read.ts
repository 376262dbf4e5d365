import { type Document, LineCounter, parseDocument, stringify } from 'yaml';
import { InputError } from '#errors';
import { readInputText, writeFileAtomic } from '#files';
import { type HardwareProfile, profileSchema } from './profile.js';

/** A captured server has a few hundred devices; this is a thousand times more. */
const limitBytes = 16 * 1024 ** 2;

/** @throws InputError with file and line or key: missing, too-large, corrupt (YAML), unknown-key, invalid */
export async function readHardwareProfile(file: string): Promise<HardwareProfile> {
  const expected = 'a hardware profile, as "kmplab hardware capture" writes it';
  return parseHardwareProfile(await readInputText(file, { limitBytes, expected }), file);
}

export function parseHardwareProfile(text: string, file: string): HardwareProfile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new InputError('corrupt', fault.message.split('\n')[0] ?? 'this is not YAML', {
      file,
      place: { line, column: col },
    });
  }
  const parsed = profileSchema.safeParse(withoutAliases(document, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    issue?.code === 'unrecognized_keys' ? 'unknown-key' : 'invalid',
    issue?.message ?? 'no profile',
    {
      file,
      place: { part: issue?.path.join('.') ?? '' },
      hint: 'see scenarios/hardware/ for profiles that are right',
      cause: parsed.error,
    },
  );
}

/** A profile repeats nothing: an alias in it is either a mistake or made to grow without bounds. */
function withoutAliases(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw new InputError('corrupt', 'a profile has no YAML aliases', { file, cause, hint: 'write the values out' });
  }
}

/** As YAML, one device after the other in the order given. */
export function hardwareProfileText({ name, description, devices }: HardwareProfile): string {
  return stringify({ name, description, devices }, { lineWidth: 0 });
}

export async function writeHardwareProfile(profile: HardwareProfile, file: string): Promise<void> {
  await writeFileAtomic(file, hardwareProfileText(profile));
}
