import type { Reason } from '#run-document';

/** A statement and what it follows from, as a tree that grows to the right; each line holds one statement. */
export function reasonLines(reason: Reason, prefix = ''): string[] {
  return [`${prefix}${reason.text}`, ...becauseLines(reason, prefix)];
}

/** The same without the statement itself. */
export function becauseLines({ because }: Reason, prefix = ''): string[] {
  return because.flatMap((reason, index) => {
    const last = index === because.length - 1;
    return [
      `${prefix}${last ? '└─ ' : '├─ '}${reason.text}`,
      ...becauseLines(reason, `${prefix}${last ? '   ' : '│  '}`),
    ];
  });
}
