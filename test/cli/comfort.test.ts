import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '#cli';
import { parseScenario } from '#scenario';
import { wantsColour } from '../../src/cli/colour.js';
import { Pace } from '../../src/cli/pace.js';
import { cli } from '../support/cli.js';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kmplab-comfort-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function terminal(colour: boolean, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await execute(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    terminal: true,
    columns: 80,
    colour: { out: colour, err: colour },
  });
  return { code, ...said };
}

describe('a run that was given a bad path', () => {
  it('writes nothing over an older report, and names the file that was meant', async () => {
    await writeFile(join(directory, 'run.json'), 'older');
    await writeFile(join(directory, 'index.html'), 'older');
    const { code, err } = await cli('run', 'scenarios/real/kernel-updat.yaml', '-o', directory);
    expect([code, await readFile(join(directory, 'run.json'), 'utf8')]).toEqual([2, 'older']);
    expect(await readFile(join(directory, 'index.html'), 'utf8')).toBe('older');
    expect(err).toContain('write "scenarios/real/kernel-update.yaml"');
  });
});

describe('a mistyped name', () => {
  it.each([
    ['a design', ['solve', 'up', '--kernel', 'debian-6.1.0-53-rt-amd64', '--scheme', 'modulra'], 'write "modular"'],
    ['a machine', ['solve', 'up', '--kernel', 'debian-6.1.0-53-amd64', '--hardware', 'laptop-e1000'], 'laptop-e1000e'],
    ['a kernel build', ['kernel', 'show', 'debian-6.1.0-53-amd46'], 'write "debian-6.1.0-53-amd64"'],
    ['a command', ['slove', 'up'], 'solve'],
  ])('of %s is answered with the nearest one', async (_, args, guess) => {
    const { code, err } = await cli(...args);
    expect([code, err.includes(guess)]).toEqual([2, true]);
  });
});

describe('colour', () => {
  it('is there on a terminal, and never instead of words', async () => {
    const plain = await terminal(false, 'run', 'nosuch.yaml');
    const painted = await terminal(true, 'run', 'nosuch.yaml');
    expect(plain.err).not.toContain('\u001b[3');
    expect(painted.err).toContain('\u001b[31mkmplab\u001b[39m:');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is looked at
    expect(painted.err.replace(/\u001b\[\d+m/g, '')).toBe(plain.err);
  });

  it('is left out where NO_COLOR is set, or nobody looks', () => {
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
    expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour({}, {})).toBe(false);
  });
});

describe('progress', () => {
  it('says how many of how many, the rate and the time left', () => {
    let now = 0;
    const pace = new Pace(() => now);
    expect(pace.text()).toBe('');
    pace.note({ done: 0, total: 80 });
    expect(pace.text()).toBe('0 of 80');
    now = 4000;
    pace.note({ done: 8, total: 80 });
    expect(pace.text()).toBe('8 of 80, 2.0 a second, 36.0 s left');
    now = 244_000;
    pace.note({ done: 9, total: 80 });
    // 9 in 244 s, so 71 more in 1,925 s.
    expect(pace.text()).toBe('9 of 80, 2.2 a minute, 32.1 min left');
  });
});

describe('kmplab init', () => {
  it('writes a scenario that can be run, once', async () => {
    const file = join(directory, 'mine.yaml');
    expect(await cli('init', file)).toMatchObject({ code: 0 });
    const scenario = parseScenario(await readFile(file, 'utf8'), file);
    expect(scenario.steps.map(({ request }) => request.verb)).toEqual(['in', 'up']);
    const again = await cli('init', file, '--hardware', 'server-intel');
    expect([again.code, again.err.includes('there is a file already')]).toEqual([2, true]);
    expect(parseScenario(await readFile(file, 'utf8'), file).hardware).toBe('laptop-e1000e');
  });

  it('refuses a kernel build that is not there', async () => {
    const { code, err } = await cli('init', join(directory, 'other.yaml'), '--kernel', 'debian-6.1.0-53-amd46');
    expect([code, err.includes('write "debian-6.1.0-53-amd64"')]).toEqual([2, true]);
  });
});

describe('kmplab open', () => {
  it('hands the report to $BROWSER, and says where to look when that fails', async () => {
    const report = join(directory, 'index.html');
    await writeFile(report, '');
    const before = process.env['BROWSER'];
    try {
      process.env['BROWSER'] = 'true';
      expect(await cli('open', directory)).toMatchObject({ code: 0, err: `opened file://${report}\n` });
      process.env['BROWSER'] = 'false';
      const failed = await cli('open', report);
      expect([failed.code, failed.err.includes(`open file://${report} in a browser`)]).toEqual([2, true]);
    } finally {
      if (before === undefined) delete process.env['BROWSER'];
      else process.env['BROWSER'] = before;
    }
  });

  it('says how to make one where there is none', async () => {
    const { code, err } = await cli('open', join(directory, 'nowhere'));
    expect([code, err.includes('kmplab run')]).toEqual([2, true]);
  });
});

describe('completion', () => {
  const words = async (...args: string[]): Promise<string[]> =>
    (await cli('complete', '--', ...args)).out.trim().split('\n');

  it.each([
    [['so'], 'solve'],
    [['kernel', 'sh'], 'show'],
    [['solve', 'purge'], 'purge-kernels'],
    [['solve', '--hard'], '--hardware'],
    [['solve', 'up', '--scheme', 'modu'], 'modular'],
    [['run', '--hardware', 'laptop-e'], 'laptop-e1000e'],
    [['solve', 'up', '--kernel', 'debian-6.1.0-52-amd64', 'debian-6.1.0-53-am'], 'debian-6.1.0-53-amd64'],
    [['design', 'show', 'kabi'], 'kabi-in-name'],
  ])('of %j is %s', async (args, word) => {
    expect(await words(...args)).toEqual([word]);
  });

  it('is printed for three shells, and offers no hidden command', async () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      expect((await cli('completion', shell)).out).toContain('kmplab complete');
    expect(await words('compl')).toEqual(['completion']);
    expect((await cli('completion', 'tcsh')).code).toBe(2);
  });
});

describe('kmplab audit', () => {
  it('says on a Debian system what it needs', async () => {
    const root = join(directory, 'debian');
    await mkdir(join(root, 'var/lib/dpkg'), { recursive: true });
    await writeFile(join(root, 'var/lib/dpkg/status'), '');
    const { code, err } = await cli('audit', '--root', root);
    expect(code).toBe(2);
    expect(err).toContain('Debian packages');
    expect(err).toContain('kmplab kernel import');
  });
});

describe('--quiet', () => {
  it('says nothing but the answer', async () => {
    const args = ['solve', 'in', 'kernel-rt', '--kernel', 'debian-6.1.0-53-rt-amd64', '--scheme', 'monolithic'];
    const loud = await cli(...args);
    const quiet = await cli(...args, '--quiet');
    expect(loud.err).toContain('packaging debian-6.1.0-53-rt-amd64');
    expect(quiet).toEqual({ ...loud, err: '' });
  });
});
