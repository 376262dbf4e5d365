import { InputError } from '#errors';
import { readInputText } from '#files';
import { type SystemSettings, zyppConfSchema } from '#scenario';

const limitBytes = 2 ** 20;

/**
 * A zypp.conf as it lies in /etc/zypp: the settings of `[main]` that decide how a request is solved. The others are of other matters (caches,
 * downloads) and are passed by, as is a boolean that libzypp takes for none (str::strToTriBool): the built-in value stays.
 *
 * @throws InputError
 */
export async function readZyppConf(file: string): Promise<NonNullable<SystemSettings['zyppConf']>> {
  const text = await readInputText(file, { limitBytes, expected: 'a zypp.conf' });
  const settings: Record<string, unknown> = {};
  let section = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, named] = /^\s*\[([^\]]*)\]\s*$/.exec(line) ?? [];
    if (named !== undefined) section = named;
    if (named !== undefined || section !== 'main' || /^\s*([#;].*)?$/.test(line)) continue;
    const [, key = '', value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (value === undefined) {
      const place = { line: index + 1 };
      throw new InputError('invalid', `"${line}" is no setting`, { file, place, expected: 'key = value' });
    }
    if (Object.hasOwn(zyppConfSchema.shape, key)) settings[key] = key.startsWith('solver.') ? booleanOf(value) : value;
  }
  return zyppConfSchema.parse(settings);
}

function booleanOf(value: string): boolean | undefined {
  if (/^(yes|true|always|on|\+|-?0*[1-9]\d*)$/i.test(value)) return true;
  return /^(0|no|false|never|off|-)$/i.test(value) ? false : undefined;
}

/** Names of packages as /var/lib/zypp/AutoInstalled lists them, one a line. @throws InputError */
export async function readAutoInstalled(file: string): Promise<string[]> {
  const text = await readInputText(file, { limitBytes, expected: 'names of packages, one a line' });
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
