// Testcases on a disk, run by the module.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Every `.t` below a directory, sorted. */
export function findTestcases(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((name) => name.endsWith('.t'))
    .sort()
    .map((name) => join(directory, name));
}

/** A testcase's file and what it refers to: by its text, as its directory may hold many others. */
export function readTestcase(path) {
  const directory = dirname(path);
  const name = basename(path);
  const bytes = readFileSync(path);
  const words = new Set(bytes.toString('latin1').split(/\s+/));
  const files = readdirSync(directory).filter((file) => file !== name && words.has(file));
  return { name, files: new Map([[name, bytes], ...files.map((file) => [file, readFileSync(join(directory, file))])]) };
}

/** Runs all parts; returns `passed`, `failed` with the difference, or `skipped` with the reason. */
export function runTestcase(libsolv, path) {
  const { name, files } = readTestcase(path);
  let testcase;
  try {
    testcase = libsolv.openTestcase(name, files);
    const differences = [];
    let checked = 0;
    for (let part = testcase.next(); part !== null; part = testcase.next()) {
      if (part.outcome.status !== 'unchecked') checked++;
      if (part.outcome.status === 'failed') differences.push(`part ${checked}:\n${part.outcome.difference}`);
    }
    if (differences.length > 0) return { status: 'failed', detail: differences.join('\n') };
    return checked === 0 ? { status: 'skipped', detail: 'it states no result' } : { status: 'passed', detail: '' };
  } catch (error) {
    if (error?.name !== 'SolvError') throw error;
    return { status: error.code === 'unsupported' ? 'skipped' : 'failed', detail: error.message };
  } finally {
    testcase?.dispose();
  }
}
