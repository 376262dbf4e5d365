import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { InputError } from '#errors';
import type { LibsolvModules } from '#solve';

const modulesSchema = z.strictObject({ release: z.string(), counting: z.string() });

/** Relative to this file, both in src/run and in dist/run. */
const buildTool = fileURLToPath(new URL('../../wasm/tools/build.mjs', import.meta.url));
const prefix = 'libsolv-wasm: ';
/** The tool's exit code for what the user can mend. */
const refused = 2;

/**
 * The modules of the libsolv that `spec` names: a pinned version, or the directory of a source tree, either with patches of wasm/patches,
 * as `0.7.32+order-index`. Built where nobody has built them before, which takes a minute or some; `onProgress` hears of it. Throws
 * InputError for what cannot be found, patched or compiled.
 */
export async function provideLibsolv(spec: string, onProgress: (what: string) => void): Promise<LibsolvModules> {
  const tool = spawn(process.execPath, [buildTool, '--libsolv', spec], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const lines = createInterface({ input: tool.stderr });
  // The last line may be the reason why it failed, which is not progress.
  lines.on('line', (line) => {
    const before = said.at(-1);
    if (before?.startsWith(prefix) === true) onProgress(before.slice(prefix.length));
    said.push(line);
  });
  let printed = '';
  tool.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    tool.on('error', reject);
    tool.on('close', resolve);
  });
  if (code === 0) return modulesSchema.parse(JSON.parse(printed));
  const why =
    said.findLast((line) => line.startsWith(prefix))?.slice(prefix.length) ?? said.at(-1) ?? 'no reason given';
  if (code !== refused) throw new Error(`kmplab bug: building libsolv ${spec} ended with ${code}: ${said.join('\n')}`);
  throw new InputError('missing', why, {
    file: `--libsolv ${spec}`,
    expected: 'a version of wasm/versions.json or the directory of a source tree, with patches of wasm/patches',
  });
}
