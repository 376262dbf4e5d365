// Writes what is generated from the formats of scenarios and designs: the JSON Schemas for editors, and the tables of their pages.
import { readFileSync, writeFileSync } from 'node:fs';
import { designJsonSchema, designReference } from '../dist/packaging/index.js';
import { scenarioJsonSchema, scenarioReference } from '../dist/scenario/index.js';

const [begin, end] = ['<!-- reference: make scenario-format -->\n', '<!-- end of reference -->\n'];

function write(page, reference, schemaFile, schema) {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${page} has no "${begin.trim()}" with "${end.trim()}" behind it`);
  writeFileSync(page, `${before}${begin}\n${reference}\n${end}${after}`);
  writeFileSync(schemaFile, `${JSON.stringify(schema, null, 2)}\n`);
}

write('docs/scenarios.md', scenarioReference(), 'scenarios/scenario.schema.json', scenarioJsonSchema());
write('docs/designs.md', designReference(), 'scenarios/design.schema.json', designJsonSchema());
