import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '#errors';
import { pathExists } from '#files';
import type { Register } from '../command.js';
import type { ExitCode, Io } from '../io.js';
import { packageRoot } from '../package-root.js';

export const registerOpen: Register = (program, { io, exitWith }) => {
  program
    .command('open')
    .description('open a report in the browser: $BROWSER, else the one of the desktop')
    .argument('[report]', 'a report, or the directory that it lies in', join('reports', 'out'))
    .action(exitWith((report: string) => openReport(report, io)));
};

async function openReport(report: string, io: Io): Promise<ExitCode> {
  const url = pathToFileURL(resolve(await reportAt(report))).href;
  const command = browserCommand(process.env['BROWSER'], process.platform);
  const code = await start(command, url);
  if (code === 0) {
    io.err(`opened ${url}\n`);
    return 0;
  }
  throw new InputError('missing', `"${command[0]}" does not open it`, { hint: `open ${url} in a browser` });
}

/** @throws InputError `missing` */
async function reportAt(place: string): Promise<string> {
  const file = (await isDirectory(place)) ? join(place, 'index.html') : place;
  if (await pathExists(file)) return file;
  throw new InputError('missing', 'there is no report', {
    file,
    expected: 'a page that "kmplab run" or "kmplab report" wrote',
    hint: `make one with "kmplab run", which writes below ${join(packageRoot, 'reports', 'out')}`,
  });
}

async function isDirectory(place: string): Promise<boolean> {
  return (await pathExists(place)) && (await stat(place)).isDirectory();
}

function browserCommand(browser: string | undefined, platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (browser !== undefined && browser !== '') return [browser];
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['explorer'] : ['xdg-open'];
}

/** The exit code of what opens it; 127, as a shell has it, where there is no such program. */
function start([program, ...args]: readonly [string, ...string[]], url: string): Promise<number> {
  return new Promise((settle) => {
    const child = spawn(program, [...args, url], { stdio: 'ignore' });
    child.on('error', () => settle(127));
    child.on('close', (code) => settle(code ?? 1));
  });
}
