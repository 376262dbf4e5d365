import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { claimDirectory, listFilesSorted, tryOwnDirectories, writeFilesAtomic } from '#files';
import { renderReport, reportDirectories } from '#report';
import type { RunDocument } from '#run-document';
import { packageRoot } from './package-root.js';
import { kmplabVersion } from './version.js';

/** Where a run's files go unless told; nowhere where the document is printed instead. */
export function outputDirectory(flags: {
  readonly output?: string;
  readonly json?: boolean;
  readonly name: string;
}): string | null {
  return flags.output ?? (flags.json === true ? null : join(packageRoot, 'reports', 'out', flags.name));
}

/**
 * Makes a run and writes its document and report, both or neither. Whether they can be written is known before the work begins, and while
 * it goes on no other run writes there.
 */
export async function publishRun(directory: string | null, make: () => Promise<RunDocument>): Promise<RunDocument> {
  if (directory === null) return make();
  return claimDirectory(directory, Object.values(names), async () => {
    await tryOwnDirectories(directory, reportDirectories);
    const document = await make();
    const files = new Map([
      [names.document, `${JSON.stringify(document, null, 1)}\n`],
      ...(await renderReport(document)),
    ]);
    await writeFilesAtomic(directory, files, reportDirectories);
    return document;
  });
}

const names = { document: 'run.json', report: 'index.html' };

/** What a run document says of the lab that made it. */
export async function thisLab(): Promise<{ version: string; commit: string | null }> {
  return { version: kmplabVersion(), commit: await commit() };
}

/** The commit this lab runs from; null outside a checkout. */
async function commit(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: packageRoot });
    return stdout.trim();
  } catch {
    return null;
  }
}

/** The scenarios of the main job. */
export async function realScenarios(): Promise<string[]> {
  const directory = join(packageRoot, 'scenarios', 'real');
  const files = await listFilesSorted(directory);
  return files.filter((file) => /\.ya?ml$/.test(file)).map((file) => join(directory, file));
}
