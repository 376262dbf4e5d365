import type { ExpectationResult } from '#run-document';

/** What a scenario expects. */
export function expectedText({ expected }: Pick<ExpectationResult, 'expected'>): string {
  if ('is' in expected) return valueText(expected.is);
  if ('has' in expected) return expected.has;
  if ('hasNot' in expected) return `not ${expected.hasNot}`;
  if ('all' in expected) return namesText(expected.all);
  const { min, max } = expected;
  if (min === null) return `at most ${max}`;
  return max === null ? `at least ${min}` : `${min} to ${max}`;
}

const absentWords: Readonly<Record<Absent, string>> = {
  kernel: 'no such kernel',
  initrd: 'no initrd',
  rootNeeds: 'the hardware profile says nothing of a root file system',
  device: 'no such device',
};
type Absent = Extract<ExpectationResult['found'], { absent: string }>['absent'];

/** What was there instead, or as expected. */
export function foundText({ found }: Pick<ExpectationResult, 'found'>): string {
  if ('is' in found) return valueText(found.is);
  if ('absent' in found) return absentWords[found.absent];
  return found.names.length === 0 && found.of > 0 ? `none of ${found.of}` : namesText(found.names);
}

function valueText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function namesText(names: readonly string[]): string {
  return names.join(', ') || 'none';
}
