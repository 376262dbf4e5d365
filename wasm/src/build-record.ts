import { SolvError } from './errors.js';
import type { Version } from './version.js';

/** What tools/build.mjs writes into the custom section `libsolv-wasm` of the module. */
export interface BuildRecord {
  readonly version: Version;
  /** Pages of 64 KiB that the imported memory must start with. */
  readonly memoryPages: number;
  /** Version of the calling convention between src/memory.ts and shim/wire.c. */
  readonly wire: number;
}

/** Raise it together with SHIM_WIRE in shim/wire.h when the convention changes. */
const wireVersion = 1;

export function parseBuildRecord(text: string): BuildRecord {
  const record: unknown = JSON.parse(text);
  if (!isBuildRecord(record)) throw new SolvError('moduleInvalid', 'the build record in the module is not understood');
  if (record.wire !== wireVersion) {
    throw new SolvError(
      'moduleInvalid',
      `the module speaks version ${record.wire} of the calling convention, this package version ${wireVersion}`,
    );
  }
  return record;
}

function isBuildRecord(value: unknown): value is BuildRecord {
  return (
    isObject(value) &&
    typeof value['wire'] === 'number' &&
    typeof value['memoryPages'] === 'number' &&
    isVersion(value['version'])
  );
}

function isVersion(value: unknown): value is Version {
  const texts = ['build', 'libsolv', 'compiler', 'inputsSha256', 'moduleSha256'];
  const lists = ['patches', 'sources'];
  return (
    isObject(value) &&
    texts.every((key) => typeof value[key] === 'string') &&
    lists.every((key) => Array.isArray(value[key]))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
