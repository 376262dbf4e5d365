import type { KernelFactsDocument } from '#run-document';
import { bytes, count, counted, imageNote, percent, signerText } from '#tell';
import type { BarsChart } from '../charts/bars.js';
import type { Fact } from './background.js';
import { type FanOutView, fanOutView } from './fan-out.js';
import type { KeyFigure } from './key-figure.js';
import { type ListView, listOf } from './outcome.js';

export interface KernelView {
  readonly title: string;
  readonly subtitle: string;
  readonly figures: readonly KeyFigure[];
  readonly parts: BarsChart;
  readonly subsystems: readonly (readonly string[])[];
  readonly buses: readonly (readonly string[])[];
  readonly fanOut: FanOutView;
  readonly facts: readonly Fact[];
  readonly warnings: readonly ListView[];
}

/** The smaller ones stand in the table only. */
const chartedMax = 16;

export function kernelView(document: KernelFactsDocument): KernelView {
  const { kernel, graph, subsystems } = document;
  const aliases = document.buses.reduce((sum, { count: number }) => sum + number, 0);
  return {
    title: kernel.release,
    subtitle: `Linux ${kernel.version} for ${kernel.arch}, flavor ${kernel.flavor}`,
    figures: figures(document),
    parts: {
      id: 'chart-subsystems',
      title: 'Where the kernel modules are',
      description: subsystems
        .slice(0, chartedMax)
        .map(({ name, kernelModules }) => `${name}: ${count(kernelModules)}`)
        .join(', '),
      end: axisEnd(
        subsystems
          .slice(0, chartedMax)
          .flatMap((subsystem) => [
            share(subsystem.bytes, kernel.kernelModuleBytes),
            share(subsystem.kernelModules, kernel.kernelModules),
          ]),
      ),
      groups: subsystems.slice(0, chartedMax).map((subsystem) => ({
        label: subsystem.name,
        bars: [
          {
            share: share(subsystem.bytes, kernel.kernelModuleBytes),
            text: bytes(subsystem.bytes),
            className: 'cause',
          },
          {
            share: share(subsystem.kernelModules, kernel.kernelModules),
            text: counted(subsystem.kernelModules, 'kernel module'),
            className: 'effect',
          },
        ],
      })),
    },
    subsystems: subsystems.map((subsystem) => [
      subsystem.name,
      count(subsystem.kernelModules),
      bytes(subsystem.bytes),
      count(subsystem.exports),
      count(subsystem.imports),
    ]),
    buses: document.buses.map(({ name, count: number }) => [name, count(number), percent(number, aliases)]),
    fanOut: fanOutView(graph),
    facts: facts(document),
    warnings: document.warnings.map((warning) =>
      listOf(`${counted(warning.count, 'warning')}: ${warning.code}`, warning.examples, {
        count: warning.count - warning.examples.length,
        where: "the build's file",
      }),
    ),
  };
}

function figures(document: KernelFactsDocument): KeyFigure[] {
  const { kernel, graph, builtin, modversions } = document;
  return [
    {
      value: count(kernel.kernelModules),
      label: 'kernel modules',
      detail: `${bytes(kernel.kernelModuleBytes)}; ${count(builtin)} more are built in`,
    },
    {
      value: count(kernel.exports),
      label: 'exported symbols',
      detail: `${count(graph.exportsOfImage)} of the image (${imageNote(document)}), the rest of ${counted(graph.exportingModules, 'kernel module')}`,
    },
    {
      value: modversions ? count(kernel.imports) : 'unknown',
      label: 'imports',
      detail: modversions
        ? `${percent(graph.importsFromImage, graph.imports)} from the image; each tied to a CRC`
        : 'without CRCs: only vermagic ties a kernel module to a kernel',
    },
    {
      value: percent(graph.withoutHardwareAlias, kernel.kernelModules),
      label: 'name no hardware',
      detail: `${counted(graph.withoutHardwareAlias, 'kernel module')} that no device would pull in`,
    },
    {
      value: percent(graph.leaves, kernel.kernelModules),
      label: 'have no dependents',
      detail: `${counted(graph.leaves, 'kernel module')} that no other one needs`,
    },
    {
      value: modversions ? count(graph.symbolsWithOneUser) : 'unknown',
      label: 'symbols with one user',
      detail: modversions
        ? `the median has ${count(graph.fanIn.p50)}, the widest ${count(graph.fanIn.max)}`
        : 'no kernel module lists its imports',
    },
  ];
}

function facts(document: KernelFactsDocument): Fact[] {
  const counts = (list: KernelFactsDocument['support']): string =>
    list.map(({ name, count: number }) => `${count(number)} ${name}`).join(', ');
  return [
    ...document.source.files.map(({ name, sha256 }) => ({
      name: 'Read from',
      value: sha256 === null ? name : `${name}, sha256 ${sha256}`,
    })),
    ...document.signatures.map((signature) => ({
      name: 'Signed by',
      value: `${signerText(signature)}: ${counted(signature.kernelModules, 'kernel module')}`,
    })),
    { name: 'Licences', value: counts(document.licenses) },
    { name: 'Support', value: document.support.length === 0 ? 'nobody says' : counts(document.support) },
    {
      name: 'Also named',
      value: `${counted(document.softdeps, 'soft dependency', 'soft dependencies')}, ${counted(document.weakdeps, 'weak dependency', 'weak dependencies')}, ${counted(document.firmware, 'firmware file')}`,
    },
    ...(document.warnings.length === 0
      ? [{ name: 'Warnings', value: 'none: nothing was left out or contradicts itself' }]
      : []),
  ];
}

/** A round share that none of the given ones is beyond. */
function axisEnd(shares: readonly number[]): number {
  return [0.1, 0.2, 0.4, 0.6, 0.8].find((end) => shares.every((one) => one <= end)) ?? 1;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
