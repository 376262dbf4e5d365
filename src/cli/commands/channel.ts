import { join } from 'node:path';
import { cacheDirectory, pruneCache } from '#files';
import { labIdentity, readChannelFile, writeChannel } from '#run';
import { bytes, counted } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';
import { Progress } from '../progress.js';

interface ChannelFlags {
  readonly output: string;
  readonly fresh?: boolean;
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
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Kernels are packaged one after the other. What was published with each is kept, so that a channel with one kernel more takes the time of one.

Examples:
  kmplab channel scenarios/channels/small.yaml -o /tmp/channel
  kmplab solve in kernel-default --repo /tmp/channel/kernels --hardware laptop-e1000e`,
    )
    .action(exitWith((file: string, flags: ChannelFlags) => channel(file, flags, io)));
};

async function channel(file: string, flags: ChannelFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const cache = join(cacheDirectory(), 'channels');
  const read = await readChannelFile(file);
  const written = await writeChannel(read, flags.output, {
    cache: flags.fresh === true ? null : cache,
    identity: await labIdentity(),
    onProgress: progress.say,
  });
  if (flags.fresh !== true) await pruneCache(cache, partsMax);
  progress.done();
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
