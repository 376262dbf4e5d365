import { fileURLToPath } from 'node:url';

/** Directory of the checkout: where scenarios/ and reports/ lie, whatever directory the command is called from. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));
