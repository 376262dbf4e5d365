import {
  allBuiltinHardware,
  captureHardware,
  hardwareProfileText,
  loadBuiltinHardware,
  writeHardwareProfile,
} from '#hardware';
import { counted } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';

interface CaptureFlags {
  readonly output?: string;
  readonly name: string;
  readonly json?: boolean;
}

export const registerHardware: Register = (program, { io, exitWith }) => {
  const hardware = program.command('hardware').description('machines as lists of the devices that need a driver');
  hardware
    .command('capture')
    .description("write a machine's devices as a profile")
    .argument('[source]', 'a mounted sysfs, a tar archive of one, or the output of "udevadm info --export-db"', '/sys')
    .addOption(new OutputOption('-o, --output <file>', 'where the profile goes (default: it is printed)'))
    .option('--name <name>', 'name of the profile', 'captured')
    .option('--json', 'print the profile as JSON')
    .action(exitWith((source: string, flags: CaptureFlags) => capture(source, flags, io)));
  hardware
    .command('list')
    .description('the profiles that come along')
    .option('--json', 'print them as JSON')
    .action(exitWith((flags: { readonly json?: boolean }) => list(flags.json === true, io)));
};

async function capture(source: string, flags: CaptureFlags, io: Io): Promise<ExitCode> {
  const profile = await captureHardware(source, flags.name);
  if (flags.output !== undefined) await writeHardwareProfile(profile, flags.output);
  if (flags.json === true) printJson(io, profile);
  else
    io.out(
      flags.output === undefined
        ? hardwareProfileText(profile)
        : `${profile.description}\nwritten to ${flags.output}\n`,
    );
  return 0;
}

async function list(json: boolean, io: Io): Promise<ExitCode> {
  const profiles = [];
  for (const name of await allBuiltinHardware()) profiles.push(await loadBuiltinHardware(name));
  if (json) printJson(io, profiles);
  else
    io.out(
      profiles
        .map(({ name, devices, description }) => `${name}: ${description}; ${counted(devices.length, 'device')}\n`)
        .join(''),
    );
  return 0;
}
