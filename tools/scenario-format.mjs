// Writes what is generated from the formats: the JSON Schemas for editors and readers, and the tables of the pages of scenarios and designs.
import { readFileSync, writeFileSync } from 'node:fs';
import { comparisonJsonSchema, trendJsonSchema } from '../dist/compare/index.js';
import { gateFileJsonSchema, gateVerdictJsonSchema } from '../dist/gate/index.js';
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

for (const [name, schema] of [
  ['kmplab-gate', gateFileJsonSchema()],
  ['gate-verdict', gateVerdictJsonSchema()],
  ['comparison', comparisonJsonSchema()],
  ['trend', trendJsonSchema()],
])
  writeFileSync(`docs/formats/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
