import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const page = 'docs/ci.md';
const run = promisify(execFile);

/** The block of the page whose fence says this. */
async function block(language: string): Promise<string> {
  const [, body = ''] =
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(await readFile(page, 'utf8')) ?? [];
  expect(body).not.toBe('');
  return body;
}

const githubSchema = z.object({
  jobs: z.object({ gate: z.object({ steps: z.array(z.object({ run: z.string().optional() })) }) }),
});
const gitlabSchema = z.object({ gate: z.object({ script: z.array(z.string()) }) });

/** One after the other by the shell, as CI does; what follows a failure does not run. */
async function shell(commands: readonly string[]): Promise<string> {
  const kmplab = `kmplab() { node bin/kmplab.js "$@"; }`;
  // What `make build` does was done for this test; building again while other tests run would pull the module away from them.
  const wanted = commands.filter((command) => command !== 'make build');
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', [kmplab, ...wanted].join('\n')], {
    maxBuffer: 64 << 20,
    // GitHub names a file there.
    env: { ...process.env, GITHUB_STEP_SUMMARY: 'ci-out/summary.md' },
  });
  return stdout;
}

describe('the recipes of docs/ci.md run as written', () => {
  const clean = () => rm('ci-out', { recursive: true, force: true });
  beforeAll(clean);
  afterAll(clean);

  it('in a plain shell', async () => {
    const out = await shell((await block('sh ci')).trim().split('\n'));
    expect(out).toContain('gate passed');
    expect(XMLValidator.validate(await readFile('ci-out/gate.xml', 'utf8'))).toBe(true);
    await clean();
  });

  it('on GitHub', async () => {
    const { jobs } = githubSchema.parse(parse(await block('yaml github')));
    const out = await shell(jobs.gate.steps.flatMap((step) => step.run ?? []));
    expect(out).toMatch(/^::notice title=kmplab gate::gate passed/m);
    expect(await readFile('ci-out/summary.md', 'utf8')).toContain('### gate passed');
    expect(JSON.parse(await readFile('ci-out/gate.sarif', 'utf8'))).toMatchObject({ version: '2.1.0' });
    await clean();
  });

  it('on GitLab', async () => {
    const { gate } = gitlabSchema.parse(parse(await block('yaml gitlab')));
    expect(await shell(gate.script)).toContain('gate passed');
    expect(await readFile('ci-out/gate.xml', 'utf8')).toContain('<testsuites');
  });
});
