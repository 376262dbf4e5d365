import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '#errors';
import { packBaggage } from './baggage.js';
import { choicesOf } from './choices.js';
import { whatIfPage } from './template.js';

export interface WhatIfOptions {
  /** Kernel builds that can be in reach, oldest first; three that come along unless given. */
  readonly kernels?: readonly string[];
  /** Name of the report beside the page. */
  readonly report: string;
}

/** The page in which libsolv runs, as one file that needs nothing else. @throws InputError */
export async function renderWhatIf({ kernels, report }: WhatIfOptions): Promise<string> {
  const [page, worker] = [await bundle('page.js'), await bundle('worker.js')];
  const choices = await choicesOf(kernels);
  const scriptHash = createHash('sha256').update(page).digest('base64');
  return whatIfPage({ choices, report, page, worker, scriptHash, baggage: await packBaggage(choices) });
}

async function bundle(name: string): Promise<string> {
  try {
    return await readFile(new URL(`../../dist/page-scripts/${name}`, import.meta.url), 'utf8');
  } catch (cause) {
    throw new InputError('missing', 'the scripts of the interactive page are not built', {
      file: `dist/page-scripts/${name}`,
      hint: 'run "make build"',
      cause,
    });
  }
}
