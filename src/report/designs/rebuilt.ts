import type { SchemeUpdate } from '#run-document';

/** Packages that must be built and published for an update, whatever the reason. */
export function rebuiltCount({ rebuilt }: Pick<SchemeUpdate, 'rebuilt'>): number {
  return rebuilt.image + rebuilt.new + rebuilt.changed + rebuilt.tied;
}
