export { renderWhatIf, type WhatIfOptions } from './render.js';
