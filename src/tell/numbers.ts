/** Numbers as people read them. Own code instead of Intl: the same bytes with every Node.js and every ICU. */

/** `12,345`, `-3`. */
export function count(value: number): string {
  const digits = Math.abs(Math.round(value)).toString();
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 && grouped !== '0' ? `\u2212${grouped}` : grouped;
}

/** `1 package`, `2 packages`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Three significant digits with a unit that keeps them readable: `4.20 ms`, `1.52 s`, `12.5 min`, `3.20 h`; minutes from two on, hours from one. */
export function duration(ms: number): string {
  if (ms >= hour) return `${significant(ms / hour)} h`;
  if (ms >= 2 * minute) return `${significant(ms / minute)} min`;
  return ms >= second ? `${significant(ms / second)} s` : `${significant(ms)} ms`;
}

/** The same on an axis, where values are round: `0.1 ms`, `10 ms`, `1 s`. */
export function tickDuration(ms: number): string {
  return ms >= 1000 ? `${roundText(ms / 1000)} s` : `${roundText(ms)} ms`;
}

function roundText(value: number): string {
  return value >= 1 ? count(value) : String(Number(value.toPrecision(1)));
}

const superscripts = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';

/** `n\u00b9\u00b7\u2079\u2076`: a power of the size in plain text, for charts and prose alike. */
export function power(exponent: number): string {
  const sign = exponent < 0 ? '\u207b' : '';
  const text = Math.abs(exponent).toFixed(2);
  return `n${sign}${[...text].map((digit) => (digit === '.' ? '\u00b7' : (superscripts[Number(digit)] ?? ''))).join('')}`;
}

export function significant(value: number, digits = 3): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.max(0, Math.min(6, digits - 1 - magnitude));
  const text = value.toFixed(decimals);
  return decimals === 0 ? count(Number(text)) : text;
}

/** One decimal, for columns of milliseconds that align by their point. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = text.split('.');
  const grouped = fraction === undefined ? count(Number(whole)) : `${count(Number(whole))}.${fraction}`;
  return value < 0 && Number(text) !== 0 ? `\u2212${grouped}` : grouped;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units, as package managers and disks use them. */
export function bytes(value: number): string {
  const sign = value < 0 ? '\u2212' : '';
  let rest = Math.abs(value);
  let unit = 0;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${sign}${unit === 0 ? count(rest) : significant(rest)} ${units[unit] ?? ''}`;
}

/** For columns whose values are compared: always MB, one decimal. What is not zero is never shown as zero. */
export function megabytes(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.05e6) return `${value < 0 ? '> \u2212' : '< '}0.1 MB`;
  return `${fixed(value / 1e6, 1)} MB`;
}

/** A symbol's checksum as Module.symvers has it: `0x00a1b2c3`. */
export function checksum(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}

/** `a, b, c`, and beyond so many `a, b, c and 4 more`; `total` where the list itself is only the first of them. */
export function listed(texts: readonly string[], max: number, total = texts.length): string {
  const shown = texts.slice(0, max);
  const more = total - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

/** Large counts in a line: `120`, `45.4 k`, `1.20 G`. */
export function compact(value: number): string {
  return multiple(value, significant);
}

/** The same on an axis, where values are round: `100 k`, `1 M`. */
export function tickCount(value: number): string {
  return multiple(value, roundText);
}

const multiples = ['', ' k', ' M', ' G', ' T'];

function multiple(value: number, text: (value: number) => string): string {
  let rest = value;
  let power = 0;
  while (rest >= 1000 && power < multiples.length - 1) {
    rest /= 1000;
    power++;
  }
  return `${power === 0 ? count(rest) : text(rest)}${multiples[power] ?? ''}`;
}

/** `0 %`, `0.4 %`, `30 %`. What is not zero is never shown as zero, nor what is not all as all. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '\u2013';
  const share = (100 * part) / whole;
  if (part === 0) return '0 %';
  if (share < 0.1) return '< 0.1 %';
  if (share > 99.9 && part < whole) return '> 99.9 %';
  const rounded = share < 10 || (share > 99.5 && part < whole) ? share.toFixed(1) : String(Math.round(share));
  return `${rounded} %`;
}
