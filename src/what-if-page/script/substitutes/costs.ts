import { costsSchema, type loadBuiltinCosts as loadCosts } from '#cost';
import { embeddedText } from './embedded.js';

/** src/cost/read.ts, of the document that the page carries. */
export const loadBuiltinCosts: typeof loadCosts = async () =>
  costsSchema.parse(JSON.parse(embeddedText('scenarios/costs/debian-12.json')));
