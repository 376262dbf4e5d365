import { append } from '#collections';
import type { Audit, AuditedDevice, deviceStates } from '#run-document';
import {
  atNextBoot,
  checksum,
  count,
  counted,
  deviceStateWords,
  driverText,
  foundChecksum,
  importRefusalWords,
  initrdText,
  linksStoppedText,
  refusalText,
  refusedText,
  rootText,
  taintsText,
} from '#tell';
import type { Badge } from './badge.js';

export interface DeviceTable {
  readonly kernels: readonly { readonly release: string; readonly note: string }[];
  /** Those that some kernel leaves without a driver: the ones to look at. */
  readonly lacking: readonly DeviceRow[];
  /** Those that every kernel drives. */
  readonly driven: readonly DeviceRow[];
  readonly drivenSummary: string;
}

export interface DeviceRow {
  readonly device: string;
  readonly className: string;
  readonly modalias: string;
  readonly cells: readonly { readonly badge: Badge; readonly drivers: string }[];
}

export interface KernelRow {
  readonly release: string;
  readonly package: string;
  readonly nextBoot: string;
  readonly visible: string;
  readonly loadable: string;
  readonly weakUpdates: string;
  readonly shadowed: string;
  readonly refused: string;
  readonly taints: string;
  readonly root: string;
  readonly initrd: string;
  /** Why nothing was linked though there was something to link; empty otherwise. */
  readonly linksStopped: string;
}

export interface RefusedView {
  readonly summary: string;
  readonly modules: readonly {
    readonly kernelModule: string;
    readonly package: string;
    /** What stops it, in a few words. */
    readonly why: string;
    readonly examples: readonly {
      readonly symbol: string;
      readonly wanted: string;
      readonly found: string;
      readonly why: string;
    }[];
  }[];
}

const badges: Readonly<Record<(typeof deviceStates)[number], Badge>> = {
  driven: { tone: 'good', sign: '\u2713', text: deviceStateWords.driven },
  refused: { tone: 'bad', sign: '\u2717', text: deviceStateWords.refused },
  notInstalled: { tone: 'bad', sign: '\u2717', text: deviceStateWords.notInstalled },
  noDriver: { tone: 'unknown', sign: '\u2013', text: deviceStateWords.noDriver },
};
const notAudited: Badge = { tone: 'unknown', sign: '?', text: 'not audited' };

/** Null when no hardware was audited. */
export function deviceTable({ kernels, devices, nextBoot }: Audit): DeviceTable | null {
  if (devices.length === 0) return null;
  const releases = [...new Set([...kernels.map(({ release }) => release), ...devices.map(({ kernel }) => kernel)])];
  const byDevice = new Map<string, AuditedDevice[]>();
  for (const device of devices) {
    const key = JSON.stringify([device.device, device.modalias]);
    append(byDevice, key, device);
  }
  const rows = [...byDevice.values()].map((states) => deviceRow(states, releases));
  const driven = rows.filter(({ cells }) => cells.every(({ badge }) => badge === badges.driven));
  return {
    kernels: releases.map((release) => ({ release, note: release === nextBoot ? 'next boot' : '' })),
    lacking: rows.filter((row) => !driven.includes(row)),
    driven,
    drivenSummary: `${counted(driven.length, 'device')} driven by ${releases.length === 1 ? 'the kernel' : 'every kernel'}`,
  };
}

function deviceRow(states: readonly AuditedDevice[], releases: readonly string[]): DeviceRow {
  const device = states[0];
  return {
    device: device?.device ?? '',
    className: device?.class ?? '',
    modalias: device?.modalias ?? '',
    cells: releases.map((release) => {
      const state = states.find(({ kernel }) => kernel === release);
      if (state === undefined) return { badge: notAudited, drivers: '' };
      return { badge: badges[state.state], drivers: state.drivers.map(driverText).join(', ') };
    }),
  };
}

/** `3 of 3 devices driven at next boot`, the line that a reader looks for first. */
export function deviceSummary(audit: Audit): Badge | null {
  const atBoot = atNextBoot(audit);
  if (atBoot.length === 0) return null;
  const driven = atBoot.filter(({ state }) => state === 'driven').length;
  const text = `${count(driven)} of ${counted(atBoot.length, 'device')} driven at next boot`;
  if (driven === atBoot.length) return { tone: 'good', sign: '\u2713', text };
  const avoidable = atBoot.some(({ state }) => state === 'refused' || state === 'notInstalled');
  return avoidable ? { tone: 'bad', sign: '\u2717', text } : { tone: 'unknown', sign: '\u2013', text };
}

export function kernelRows({ kernels, nextBoot }: Audit): KernelRow[] {
  return kernels.map((kernel) => ({
    release: kernel.release,
    package: kernel.package,
    nextBoot: kernel.release === nextBoot ? 'next boot' : '',
    visible: count(kernel.visible),
    loadable: count(kernel.loadable),
    weakUpdates: count(kernel.weakUpdates),
    shadowed: count(kernel.shadowed),
    refused: refusedText(kernel),
    taints: taintsText(kernel),
    root: rootText(kernel.root),
    initrd: initrdText(kernel.initrd),
    linksStopped: kernel.linksStopped === null ? '' : linksStoppedText(kernel.linksStopped),
  }));
}

/** Whether the next boot finds its root file system; null where no profile says what that takes. */
export function rootBadge({ kernels, nextBoot }: Audit): Badge | null {
  const root = kernels.find(({ release }) => release === nextBoot)?.root ?? null;
  if (root === null) return null;
  return root.every(({ state }) => state === 'ready')
    ? { tone: 'good', sign: '\u2713', text: 'root file system mounted at next boot' }
    : { tone: 'bad', sign: '\u2717', text: 'root file system not mounted at next boot' };
}

export function refusedViews({ kernels }: Audit): RefusedView[] {
  return kernels
    .filter(({ refused }) => refused > 0)
    .map(({ release, refused, refusedExamples }) => ({
      summary: `${counted(refused, 'kernel module')} refused by ${release}${
        refusedExamples.length < refused ? `, ${count(refusedExamples.length)} of them listed` : ''
      }`,
      modules: refusedExamples.map((refusedExample) => ({
        kernelModule: refusedExample.kernelModule,
        package: refusedExample.package,
        why: refusalText(refusedExample),
        examples: (refusedExample.reason === 'symbols' ? refusedExample.examples : []).map((example) => ({
          symbol: example.symbol,
          wanted: checksum(example.wanted),
          found: foundChecksum(example),
          why: importRefusalWords[example.why],
        })),
      })),
    }));
}
