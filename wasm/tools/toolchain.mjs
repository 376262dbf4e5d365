import { BuildError, has, run } from './run.mjs';

const oldest = [3, 1, 6];

/** emcc, installed where that is possible without asking; otherwise says what to install. Returns its first version line. */
export function provideEmcc() {
  if (!has('emcc')) install();
  const line = run('emcc', ['--version'], { env: emccEnvironment }).split('\n')[0];
  const version = /(\d+)\.(\d+)\.(\d+)/.exec(line)?.slice(1).map(Number) ?? [0, 0, 0];
  if (compare(version, oldest) < 0) throw new BuildError(`${line}: emcc ${oldest.join('.')} or newer is needed`);
  return line;
}

function install() {
  const root = process.getuid?.() === 0;
  if (!root || !has('apt-get')) {
    throw new BuildError(
      'emcc is missing: install emscripten 3.1.6 or newer (Debian, Ubuntu: apt-get install emscripten; Fedora: dnf install emscripten; elsewhere: https://emscripten.org)',
    );
  }
  console.error('libsolv-wasm: installing emscripten');
  run('apt-get', ['install', '-y', '--no-install-recommends', 'emscripten'], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function compare(a, b) {
  return a.map((part, index) => part - b[index]).find((difference) => difference !== 0) ?? 0;
}

/** Where Debian keeps the acorn that emcc looks for, should another Node.js than Debian's be in use. */
export const emccEnvironment = {
  NODE_PATH: [process.env.NODE_PATH, '/usr/share/nodejs'].filter(Boolean).join(':'),
};
