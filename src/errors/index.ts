export { bugText } from './bug.js';
export { InputError, type InputErrorCode, type InputErrorOptions, inputErrorCodes, type Place } from './input-error.js';
export { invariant } from './invariant.js';
export { nearest } from './nearest.js';
export { shortage } from './resources.js';
