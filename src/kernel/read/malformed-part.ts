/** Part of a kernel module that cannot be used, while the rest can: becomes a warning of the build. */
export class MalformedPart extends Error {
  readonly section: string;
  constructor(section: string, why: string) {
    super(`${section}: ${why}`);
    this.name = 'MalformedPart';
    this.section = section;
  }
}
