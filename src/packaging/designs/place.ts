import { InputError, type InputErrorCode, type InputErrorOptions } from '#errors';
import { placeInYaml } from '#files';

/** Where something of a design is written. Line and column are looked up only for an error. */
export interface WrittenAt {
  readonly file: string;
  readonly text: string;
  readonly path: readonly PropertyKey[];
}

/** `./a.yaml:12:5` */
export function placeText({ file, text, path }: WrittenAt): string {
  const { line, column } = placeInYaml(text, path);
  return [file, ...(line === undefined ? [] : [line, column])].join(':');
}

export function refuseAt(
  { file, text, path }: WrittenAt,
  code: InputErrorCode,
  problem: string,
  options: Pick<InputErrorOptions, 'expected' | 'hint' | 'cause'> = {},
): never {
  throw new InputError(code, problem, {
    ...options,
    file,
    place: { ...placeInYaml(text, path), part: path.join('.') },
  });
}

/** What is wrong with a part of a design, told with its place. */
export function placed<Value>(at: WrittenAt, run: () => Value): Value {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof InputError) || cause.file !== undefined) throw cause;
    const [problem = ''] = cause.message.split('\n');
    const { expected, hint } = cause;
    return refuseAt(
      at,
      cause.code,
      problem.replace(/^[^ ]*: /, (part) => (cause.place === undefined ? part : '')),
      {
        ...(expected === undefined ? {} : { expected }),
        ...(hint === undefined ? {} : { hint }),
        cause,
      },
    );
  }
}
