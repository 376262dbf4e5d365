import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface WorkerFile {
  readonly filename: string;
  /** Node.js options of the thread. */
  readonly execArgv: string[];
}

/**
 * What a thread runs, a module by the URL of its compiled file: what was compiled; where this file is read from its source, as tests do, the source, so that an edit which was not
 * compiled yet is what they test. Node.js 20 reads no TypeScript by itself: in the thread tsx does, which tests bring along.
 */
export function workerFile(compiled: URL): WorkerFile {
  const fromSource = import.meta.url.endsWith('.ts');
  const filename = fileURLToPath(fromSource ? new URL(compiled.href.replace(/\.js$/, '.ts')) : compiled);
  return { filename, execArgv: fromSource ? ['--conditions=source', '--import', typeScriptLoader()] : [] };
}

/** `--import tsx` itself does nothing in threads. Node.js resolves for `require` here; the thread imports the ES module beside that. */
function typeScriptLoader(): string {
  const required = createRequire(import.meta.url).resolve('tsx/esm/api');
  const tsx = pathToFileURL(required.replace(/\.cjs$/, '.mjs')).href;
  return `data:text/javascript,${encodeURIComponent(`import { register } from ${JSON.stringify(tsx)}; register();`)}`;
}
