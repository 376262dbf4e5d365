import { spawn, spawnSync } from 'node:child_process';

/** A problem the user can do something about: printed without a stack trace. */
export class BuildError extends Error {}

/** Runs a program to its end; returns what it printed, throws with what it complained about. */
export function run(command, args, { cwd, env, input } = {}) {
  const done = spawnSync(command, args, {
    cwd,
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.error) throw new BuildError(`cannot run ${command}: ${done.error.message}`);
  if (done.status !== 0) {
    throw new BuildError(
      `${command} ${args.slice(0, 6).join(' ')} … failed (${done.status}):\n${done.stderr || done.stdout}`,
    );
  }
  return done.stdout;
}

/** Whether a program is there. */
export function has(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Runs programs side by side, `width` at a time. Rejects with the first failure, after which no other one is started. */
export async function runAll(commands, width) {
  const queue = [...commands];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await runOne(next).catch((error) => {
        queue.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function runOne([command, args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new BuildError(`${command} ${args.at(-1)} failed:\n${output}`));
    });
  });
}

/** Runs a script's main function: BuildErrors are the user's (exit code 2, unless it set one), everything else is a bug (3). */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof BuildError ? `libsolv-wasm: ${error.message}` : error);
    process.exitCode ??= error instanceof BuildError ? 2 : 3;
  }
}
