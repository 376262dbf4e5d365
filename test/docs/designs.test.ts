import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { designJsonSchema, designReference, packageBuilds } from '#packaging';
import { cli } from '../support/cli.js';
import { driverStack, named, texts } from '../support/package-set.js';
import { temporaryDirectory } from '../support/temporary.js';

const page = 'docs/designs.md';

/** What to do where one of these fails: `make scenario-format`. */
describe('what is generated from the design format is fresh', () => {
  it('the JSON Schema for editors', async () => {
    const committed: unknown = JSON.parse(await readFile('scenarios/design.schema.json', 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(designJsonSchema())));
  });

  it('the tables of the page', async () => {
    // The formatter pads columns.
    const squeezed = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    expect(squeezed(await readFile(page, 'utf8'))).toContain(squeezed(designReference()));
  });
});

describe('the page', () => {
  it('has an example that makes the packages of bound-supplements', async () => {
    const [, example = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(await readFile(page, 'utf8')) ?? [];
    const file = join(await temporaryDirectory(), 'example.yaml');
    await writeFile(file, example);
    const mine = packageBuilds(file, [driverStack]).packages;
    expect(mine).toEqual(packageBuilds('bound-supplements', [driverStack]).packages);
    const r8169 = named(packageBuilds(file, [driverStack]), 'r8169-k6.1.0_53-kmp-default');
    expect(texts(r8169, 'supplements')[0]).toMatch(/^modalias\(kernel-default-6\.1\.0-53:pci:/);
  });

  it.each(['bound-supplements', 'companion'])('%s has at most 20 lines', async (name) => {
    const lines = (await readFile(`scenarios/designs/${name}.yaml`, 'utf8')).trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
  });
});

describe('kmplab design show', () => {
  it('unfolds a design: its kinds, and the packages of a kernel module', { timeout: 60_000 }, async () => {
    const { code, out } = await cli('design', 'show', 'modular contents=boot', '--module', 'e1000e');
    expect(code).toBe(0);
    expect(out).toContain('kernel: 1 package of 6.1.0-53-amd64');
    expect(out).toContain('e1000e-kmp-default-6.1.187-1.x86_64');
    expect(out).toContain('requires ksym(default:');
    const json: unknown = JSON.parse((await cli('design', 'show', 'monolithic', '--json')).out);
    expect(json).toMatchObject({ name: 'monolithic', client: 'zypper', kinds: [{ kind: 'kernel', packages: 1 }] });
  });

  it('refuses a design that is not there, with the nearest name', async () => {
    const { code, err } = await cli('design', 'show', 'modulr');
    expect(code).toBe(2);
    expect(err).toContain('write "modular"');
  });
});
