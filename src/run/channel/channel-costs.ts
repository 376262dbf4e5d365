import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildServiceTimes, depthOf, linesOf } from '#channel';
import { tool } from '#cost';
import { InputError } from '#errors';
import { withScratch } from '#files';
import { loadBuiltinHardware } from '#hardware';
import { kernelPackages } from '#packaging';
import { metadataOf, readRepository, type WrittenRepository } from '#repomd';
import type { ChannelCost, ChannelCosts } from '#run-document';
import { baseSystem } from '#scenario';
import { defaultPriority, type PhaseClock, plainRequest, rpmmdToSolv, solve } from '#solve';
import { freshInstance } from '../instances.js';
import type { ChannelFile } from './channel-file.js';
import { lastUpdate, type WriteChannelOptions, writeChannel } from './write-channel.js';

export type ChannelCostsOptions = WriteChannelOptions & { readonly assumed: ChannelCosts['assumed'] };

/** Own files: larger than anybody else's may be. */
const limits = { limitBytes: 2 ** 31, limitOpenBytes: 2 ** 31 - 4096 };

/**
 * What a channel that was written costs, and its last update: how much of it a machine fetches again is told by the same channel with one kernel
 * less, which is written for that and removed.
 *
 * @throws InputError `invalid` where the channel keeps one kernel: then there is no update
 */
export async function channelCosts(
  file: ChannelFile,
  written: ReadonlyMap<string, WrittenRepository>,
  options: ChannelCostsOptions,
): Promise<ChannelCosts> {
  const { channel, scheme } = file;
  const kept = depthOf(channel);
  if (kept < 2) {
    throw new InputError('invalid', 'a channel of one kernel has no update whose costs could be told', {
      hint: 'let it keep 2 or more',
    });
  }
  const now = repositoryOf(written, 'kernels');
  const update = await lastUpdate(file);
  const refresh = await refreshCosts(file, now, options);
  const machine = [
    ...refresh.costs,
    ...(await solveCosts(file, written)),
    one('updateDownload', update.bytes, 'bytes', 'modelled', 'design'),
  ];
  const lines = linesOf(channel).length;
  const packages = update.packages / lines;
  const times = buildServiceTimes(
    { builds: Array.from({ length: lines }, () => ({ packages })), kept: now.packages },
    options.assumed,
  );
  const { machines, refreshesPerDay, daysBetweenUpdates } = options.assumed;
  const changes = Math.min(refreshesPerDay, 1 / daysBetweenUpdates);
  const daily = (afterUpdate: number): number =>
    machines * (refreshesPerDay * refresh.unchanged + changes * (afterUpdate - refresh.unchanged));
  const zchunk = refresh.costs.find(({ what }) => what === 'refreshZchunk' || what === 'refreshPieces');
  return {
    format: 'kmplab/channel-costs',
    version: 1,
    scheme,
    kernels: kept,
    packages: now.packages,
    assumed: options.assumed,
    machine,
    mirror: [
      one('metadataToday', daily(refresh.full), 'bytesPerDay', 'modelled', 'fleet'),
      ...(zchunk === undefined
        ? []
        : [one('metadataZchunk', daily(refresh.unchanged + zchunk.value), 'bytesPerDay', 'modelled', 'fleet')]),
      one('packages', (machines * update.bytes) / daysBetweenUpdates, 'bytesPerDay', 'modelled', 'fleet'),
    ],
    buildService: [
      one('packagesBuilt', update.packages, 'packages', 'modelled', 'design'),
      ...(['build', 'sign', 'publish', 'processor', 'elapsed'] as const).map((what) =>
        one(what, times[what], 'seconds', 'modelled', 'buildRates'),
      ),
    ],
  };
}

function one<What extends ChannelCost['what']>(
  what: What,
  value: number,
  unit: ChannelCost['unit'],
  basis: ChannelCost['basis'],
  source: ChannelCost['source'],
): ChannelCost & { readonly what: What } {
  return { what, value, unit, basis, source };
}

function repositoryOf(written: ReadonlyMap<string, WrittenRepository>, name: string): WrittenRepository {
  const found = written.get(name);
  if (found === undefined) throw new Error(`kmplab bug: a channel has a repository ${name}`);
  return found;
}

function primaryBytes({ files }: WrittenRepository): number {
  return files.find(({ type }) => type === 'primary')?.bytes ?? 0;
}

/** repomd.xml is fetched every time, and primary.xml again when it has changed: all of it, by zypper and dnf as they are. */
async function refreshCosts(file: ChannelFile, now: WrittenRepository, options: WriteChannelOptions) {
  return withScratch(async (scratch) => {
    const unchanged = (await stat(join(now.directory, 'repodata', 'repomd.xml'))).size;
    const full = unchanged + primaryBytes(now);
    const channel = { ...file.channel, kernels: depthOf(file.channel) - 1, vendors: [], distribution: undefined };
    const before = repositoryOf(await writeChannel({ ...file, channel }, join(scratch, 'before'), options), 'kernels');
    const zchunk = await zchunkBytes(before, now, scratch);
    const pieces = Math.max(0, primaryBytes(now) - primaryBytes(before));
    const costs = [
      one('refreshFull', full, 'bytes', 'measured', 'writtenFiles'),
      one('refreshUnchanged', unchanged, 'bytes', 'measured', 'writtenFiles'),
      one('refreshAfterUpdate', full, 'bytes', 'measured', 'writtenFiles'),
      ...(zchunk === null ? [] : [one('refreshZchunk', zchunk, 'bytes', 'measured', 'zchunk')]),
      one('refreshPieces', pieces, 'bytes', 'modelled', 'piecesOfPackages'),
    ];
    return { costs, unchanged, full };
  });
}

/** What zchunk would fetch of a primary.xml with a chunk for each package, as createrepo_c makes them; null where it is not installed. */
async function zchunkBytes(before: WrittenRepository, now: WrittenRepository, scratch: string): Promise<number | null> {
  try {
    const packed = async (repository: WrittenRepository, name: string): Promise<string> => {
      const open = join(scratch, `${name}.xml`);
      await writeFile(open, metadataOf(await readRepository(repository.directory, limits), 'primary'));
      await tool('zck', ['-s', '<package type=', '-o', `${open}.zck`, open]);
      return `${open}.zck`;
    };
    const said = await tool('zck_delta_size', [await packed(before, 'before'), await packed(now, 'now')]);
    const bytes = /^Would download (\d+) of \d+ bytes/m.exec(said)?.[1];
    return bytes === undefined ? null : Number(bytes);
  } catch (cause) {
    if (cause instanceof InputError && cause.code === 'missing') return null;
    throw cause;
  }
}

/** A laptop's fresh install over all of the channel, by phase. */
async function solveCosts({ scheme }: ChannelFile, written: ReadonlyMap<string, WrittenRepository>) {
  const spent = new Map<string, number>();
  const clock: PhaseClock = (phase, work) => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    spent.set(phase, (spent.get(phase) ?? 0) + (user + system) / 1e6);
    return result;
  };
  const repositories = [];
  for (const [name, { directory }] of written) {
    const primary = metadataOf(await readRepository(directory, limits), 'primary');
    const parser = await freshInstance();
    repositories.push({
      name,
      priority: defaultPriority,
      data: { solv: rpmmdToSolv(parser, name, { primary }, clock) },
    });
    parser.dispose();
  }
  const { devices } = await loadBuiltinHardware('laptop-e1000e');
  const modaliases = devices.map(({ modalias }) => modalias);
  const libsolv = await freshInstance();
  const request = plainRequest('in', [...kernelPackages(scheme, 'default'), baseSystem]);
  const { counters } = solve(libsolv, { arch: 'x86_64', installed: null, repositories, modaliases }, request, clock);
  libsolv.dispose();
  const seconds = (what: 'parse' | 'freshLoad' | 'freshIndex' | 'freshSolve' | 'freshOrder', ...phases: string[]) =>
    one(
      what,
      phases.reduce((sum, phase) => sum + (spent.get(phase) ?? 0), 0),
      'seconds',
      'measured',
      'libsolvHere',
    );
  return [
    seconds('parse', 'parseRpmmd', 'writeSolv'),
    seconds('freshLoad', 'loadSolv'),
    seconds('freshIndex', 'whatprovides'),
    seconds('freshSolve', 'solve'),
    seconds('freshOrder', 'order'),
    one('freshRules', counters.rulesTotal, 'rules', 'measured', 'libsolvHere'),
    one('freshMemory', counters.heapBytesMax, 'bytes', 'measured', 'libsolvHere'),
  ];
}
