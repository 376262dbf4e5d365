import { Option } from 'commander';

/** The same wherever something is solved. */
export function libsolvOption(): Option {
  return new Option(
    '--libsolv <version|dir>',
    "another libsolv than the lab's own: a pinned version or a source directory, with patches as in 0.7.32+order-index",
  );
}
