import { join } from 'node:path';
import { cacheDirectory, pruneCache } from '#files';
import { channelCosts, labIdentity, readChannelFile, writeChannel } from '#run';
import type { ChannelCosts } from '#run-document';
import { bytes, channelCostLines, counted } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { positive } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { Progress } from '../progress.js';

interface ChannelFlags {
  readonly output: string;
  readonly fresh?: boolean;
  readonly costs?: boolean;
  readonly machines: number;
  readonly days: number;
  readonly workers: number;
  readonly json?: boolean;
}

/** Parts of a channel: a hundred whole kernels. */
const partsMax = 2 * 2 ** 30;

export const registerChannel: Register = (program, { io, exitWith }) => {
  program
    .command('channel')
    .description('write a channel of many kernels, vendors and a distribution as rpm-md repositories')
    .argument('<file>', 'YAML that says what it keeps, such as scenarios/channels/thirty-kernels.yaml')
    .addOption(
      new OutputOption(
        '-o, --output <dir>',
        'the repositories go below it, each under its name',
        'files',
      ).makeOptionMandatory(),
    )
    .option('--fresh', 'package all anew, also what an earlier call has left (see "kmplab cache")')
    .option(
      '--costs',
      'also say what it costs machines, mirrors and the build service: measured, or modelled from what is assumed',
    )
    .option('--machines <n>', 'with --costs: machines of the fleet', positive, 100_000)
    .option('--days <n>', 'with --costs: days from one update to the next', positive, 19)
    .option('--workers <n>', 'with --costs: workers of the build service', positive, 4)
    .option('--json', 'print what was written, or with --costs these, as JSON')
    .addHelpText(
      'after',
      `
Kernels are packaged one after the other. What was published with each is kept, so that a channel with one kernel more takes the time of one.

Examples:
  kmplab channel scenarios/channels/small.yaml -o /tmp/channel
  kmplab channel scenarios/channels/small.yaml -o /tmp/channel --costs
  kmplab solve in kernel-default --repo /tmp/channel/kernels --hardware laptop-e1000e`,
    )
    .action(exitWith((file: string, flags: ChannelFlags) => channel(file, flags, io)));
};

async function channel(file: string, flags: ChannelFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const cache = join(cacheDirectory(), 'channels');
  const read = await readChannelFile(file);
  const options = {
    cache: flags.fresh === true ? null : cache,
    identity: await labIdentity(),
    onProgress: progress.say,
  };
  const written = await writeChannel(read, flags.output, options);
  const costs =
    flags.costs === true ? await channelCosts(read, written, { ...options, assumed: assumedOf(flags) }) : null;
  if (flags.fresh !== true) await pruneCache(cache, partsMax);
  progress.done();
  if (costs !== null) return tellCosts(costs, flags, io);
  if (flags.json === true) {
    printJson(io, { scheme: read.scheme, repositories: Object.fromEntries(written) });
    return 0;
  }
  for (const { directory, packages, files } of written.values()) {
    const sizes = files.map(
      ({ type, bytes: size, openBytes }) => `${type} ${bytes(size)}, ${bytes(openBytes)} unpacked`,
    );
    io.out(`${directory}: ${counted(packages, 'package')}\n${sizes.map((line) => `  ${line}\n`).join('')}`);
  }
  return 0;
}

function tellCosts(costs: ChannelCosts, flags: ChannelFlags, io: Io): ExitCode {
  if (flags.json === true) printJson(io, costs);
  else io.out(`${channelCostLines(costs).join('\n')}\n`);
  return 0;
}

/** Nobody publishes these rates: they are there to be changed. Ten updates of Debian 6.1.0 came in 192 days. */
function assumedOf({ machines, days, workers }: ChannelFlags): ChannelCosts['assumed'] {
  return {
    machines,
    refreshesPerDay: 1,
    daysBetweenUpdates: days,
    workers,
    compileSeconds: 3600,
    packageSeconds: 0.2,
    signSeconds: 0.05,
    publishSeconds: 0.001,
  };
}
