import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { load } from '../src/index.js';

const room = fileURLToPath(new URL('..', import.meta.url));
/** The lab beside this package writes a real repository: one kernel build, 4,024 packages. */
const lab = join(room, '..', 'bin', 'kmplab.js');
let primary: Uint8Array<ArrayBuffer>;
const types: Readonly<Record<string, string>> = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };

/** What each side runs: the same text, so that nothing but the place differs. */
const program = `
export async function solveThere(load, primary) {
  const libsolv = await load();
  const pool = libsolv.createPool({ arch: 'x86_64' });
  pool.setInstalled(pool.addRepo('@System'));
  const repo = pool.addRepo('r');
  repo.addRpmmd({ primary });
  pool.setHardware(['usb:v1D6Bp0002d0601dc09dsc00dp01ic09isc00ip00in00', 'pci:v00008086d0000105Esv00001043sd0000bc02sc00i00']);
  pool.addFileProvides();
  pool.createWhatprovides();
  const solver = pool.createSolver();
  const result = solver.solve([{ action: 'install', select: { kind: 'name', name: 'kernel-default' } }]);
  result.transaction.order();
  const steps = result.transaction.steps().map(({ type, id }) => type + ' ' + pool.packages([id])[0].nevra);
  const answer = { steps, rules: solver.statistics().rules, result: solver.testcaseResult(['transaction', 'rules', 'order']), heap: libsolv.counters() };
  libsolv.dispose();
  return answer;
}`;
const worker = `
import { load } from '/dist/index.js';
import { solveThere } from '/program.js';
onmessage = async () => {
  const primary = new Uint8Array(await (await fetch('/primary.xml.gz')).arrayBuffer());
  try { postMessage(await solveThere(load, primary)); } catch (error) { postMessage({ error: String(error) }); }
};`;

const texts: Readonly<Record<string, string>> = {
  '/': '<!doctype html><title>libsolv</title>',
  '/program.js': program,
  '/worker.js': worker,
};

let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'libsolv-wasm-browser-'));
  execFileSync(process.execPath, [lab, 'generate', 'debian-6.1.0-53-amd64', '--scheme', 'modular', '-o', directory]);
  const repodata = join(directory, 'repodata');
  const file = readdirSync(repodata).find((name) => name.endsWith('primary.xml.gz')) ?? 'primary.xml.gz';
  primary = new Uint8Array(readFileSync(join(repodata, file)));
  rmSync(directory, { recursive: true });
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(room, path);
    const text = path === '/primary.xml.gz' ? primary : texts[path];
    const body = text ?? (path.startsWith('/dist/') && existsSync(file) ? readFileSync(file) : null);
    const type = types[path === '/' ? 'html' : (path.split('.').at(-1) ?? '')] ?? 'application/octet-stream';
    response.writeHead(body === null ? 404 : 200, { 'content-type': type }).end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function inNode(): Promise<unknown> {
  const url = `data:text/javascript,${encodeURIComponent(program)}`;
  const { solveThere } = await import(/* @vite-ignore */ url);
  return solveThere(load, primary);
}

describe('in Chromium', () => {
  it('the page gets the same transaction, rules and heap as Node.js', async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/`);
    // As text: the test runner would rewrite the imports of a function.
    const there = await page.evaluate(
      `(async () => {
        const { load } = await import('/dist/index.js');
        const { solveThere } = await import('/program.js');
        const primary = new Uint8Array(await (await fetch('/primary.xml.gz')).arrayBuffer());
        return solveThere(load, primary);
      })()`,
    );
    expect(there).toMatchObject({
      steps: expect.arrayContaining([
        expect.stringMatching(/^install kernel-default-6\.1\./),
        expect.stringMatching(/^install usbcore-kmp-default-/),
        expect.stringMatching(/^install e1000e-kmp-default-/),
      ]),
    });
    expect(there).toEqual(await inNode());
  });

  it('so does a worker', async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/`);
    const there = await page.evaluate(
      `new Promise((resolve, reject) => {
        const thread = new Worker('/worker.js', { type: 'module' });
        thread.onmessage = ({ data }) => resolve(data);
        thread.onerror = ({ message }) => reject(new Error(message));
        thread.postMessage('go');
      })`,
    );
    expect(there).toEqual(await inNode());
  });
});
