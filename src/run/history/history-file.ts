import { InputError } from '#errors';
import { readInputText } from '#files';

const limitBytes = 1 << 20;

/** Tells the two kinds of files that can be run apart: a history has a `chain` of builds or is `evolved` from one, a scenario neither. */
export async function isHistoryFile(file: string): Promise<boolean> {
  try {
    const text = await readInputText(file, { limitBytes, expected: 'a scenario or a history' });
    return /^["']?(chain|evolved)["']?\s*:/m.test(text);
  } catch (cause) {
    // Who reads it as a scenario says what is wrong with it.
    if (cause instanceof InputError) return false;
    throw cause;
  }
}
