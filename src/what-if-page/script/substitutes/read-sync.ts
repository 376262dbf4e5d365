import type { listNamesSync as listNames, readInputTextSync as readText } from '#files';
import { embeddedNames, embeddedText } from './embedded.js';

/** src/files/read-sync.ts, of the files that the page carries. */
export const readInputTextSync: typeof readText = (file) => embeddedText(file);
export const listNamesSync: typeof listNames = (directory) => embeddedNames(directory);
