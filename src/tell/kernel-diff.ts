import type { KernelDiffDocument } from '#run-document';
import { count, counted, percent } from './numbers.js';
import { listRow, type TitledText } from './titled.js';

/** What of the older build the newer one loads, in one sentence or two. */
export function kernelDiffSentence({ from, to, churn, symbols }: KernelDiffDocument): string {
  const { kernelModules, broken, brokenByVermagic, brokenInAll, undecided } = churn;
  if (brokenInAll === 0) {
    return undecided === 0
      ? `Every kernel module of ${from.release} loads into ${to.release} as it is.`
      : `No kernel module of ${from.release} is known not to load into ${to.release}.`;
  }
  if (brokenByVermagic === kernelModules) {
    return `No kernel module of ${from.release} loads into ${to.release}: vermagic differs, whatever the symbols are.`;
  }
  const vermagic = brokenByVermagic === 0 ? '' : `${count(brokenByVermagic)} have another vermagic and `;
  const [widest] = symbols;
  const cause =
    widest === undefined
      ? ''
      : ` The widest cause is ${widest.symbol} of ${widest.exporter}: ${count(widest.direct)} import it, ${count(widest.transitive)} fall in all.`;
  return `Of ${counted(kernelModules, 'kernel module')} of ${from.release}, ${vermagic}${count(broken - brokenByVermagic)} import a symbol that ${to.release} exports with another CRC or not at all; into its image alone ${count(brokenInAll)} no longer load, with those that depend on them.${cause}`;
}

/** What a reader of the figures has to know about the two builds themselves. */
export function kernelDiffRemarks({ from, to, churn, modversions }: KernelDiffDocument): string[] {
  const remarks: string[] = [];
  if (from.arch !== to.arch) {
    remarks.push(
      `These are builds for two architectures, ${from.arch} and ${to.arch}: no kernel loads a kernel module of the other, and CRCs differ for reasons of their own.`,
    );
  } else if (from.flavor !== to.flavor) {
    remarks.push(`These are two flavors, ${from.flavor} and ${to.flavor}, not an update of one.`);
  }
  const without = [modversions.from ? [] : from.release, modversions.to ? [] : to.release].flat();
  if (without.length > 0) {
    remarks.push(
      `${without.join(' and ')} ${without.length === 1 ? 'has' : 'have'} no CRCs (CONFIG_MODVERSIONS is off): vermagic alone ties kernel modules to the kernel, and every update breaks all of them.`,
    );
  }
  if (churn.unknown > 0) {
    remarks.push(
      `Of ${counted(churn.unknown, 'symbol')} of the older image nobody knows whether ${to.release} still exports them: its list was inferred from imports.`,
    );
  }
  if (churn.undecided > 0) {
    remarks.push(`${counted(churn.undecided, 'kernel module')} import one of these and may not load either.`);
  }
  return remarks;
}

/** Without CRCs on both sides nobody can say which changed. */
export function hasCrcs({ modversions }: KernelDiffDocument): boolean {
  return modversions.from && modversions.to;
}

/** What an update changes in the kABI, what it breaks, and the symbols that do, in order of blast radius. */
export function kernelDiffRows(document: KernelDiffDocument): TitledText[] {
  const { churn, subsystems, symbols, modulesAdded, modulesLost } = document;
  const unknown = churn.unknown === 0 ? '' : `, ${count(churn.unknown)} unknown`;
  const refused =
    churn.brokenByVermagic === 0 ? 'for a symbol' : `${count(churn.brokenByVermagic)} of them for vermagic`;
  return [
    { title: 'CRCs changed', text: hasCrcs(document) ? share(churn.changed, churn.symbols) : 'unknown: one has none' },
    { title: 'symbols', text: `${count(churn.lost)} lost, ${count(churn.added)} added${unknown}` },
    { title: 'kernel modules', text: `${count(modulesLost.length)} lost, ${count(modulesAdded.length)} added` },
    {
      title: 'do not load',
      text: `direct ${share(churn.broken, churn.kernelModules)}, all ${share(churn.brokenInAll, churn.kernelModules)}`,
    },
    {
      title: '',
      text: `direct: refused themselves, ${refused}; all: into the newer image alone, with what depends on others`,
    },
    ...kernelDiffRemarks(document).map((text) => ({ title: 'note', text })),
    ...listRow(
      'by subsystem',
      subsystems.flatMap(({ name, brokenInAll }) => (brokenInAll === 0 ? [] : [{ name, count: brokenInAll }])),
    ),
    ...listRow(
      'because of',
      symbols.map(({ symbol, transitive }) => ({ name: symbol, count: transitive })),
    ),
  ];
}

function share(part: number, whole: number): string {
  return `${count(part)} of ${count(whole)} (${percent(part, whole)})`;
}
