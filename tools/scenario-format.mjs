// Writes what is generated from the scenario format: the JSON Schema for editors, and the tables of docs/scenarios.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { scenarioJsonSchema, scenarioReference } from '../dist/scenario/index.js';

const page = 'docs/scenarios.md';
const [begin, end] = ['<!-- reference: make scenario-format -->\n', '<!-- end of reference -->\n'];
const text = readFileSync(page, 'utf8');
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (after === undefined) throw new Error(`${page} has no "${begin.trim()}" with "${end.trim()}" behind it`);
writeFileSync(page, `${before}${begin}\n${scenarioReference()}\n${end}${after}`);
writeFileSync('scenarios/scenario.schema.json', `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
