export { type Bound, type Expectation, expectableCounters, type KernelAuditExpectation } from './expectation.js';
export { type JsonSchema, scenarioJsonSchema } from './json-schema.js';
export { type LoaderSpec, loaderSchema } from './loader.js';
export { parseScenario, readScenario, type ScenarioFile } from './read.js';
export { scenarioReference } from './reference.js';
export { type ExternalDriver, externalSchemes, type PlainPackage, type RepositorySpec } from './repository.js';
export { type Request, requestOptions, requestSchema, requestText, verbs } from './request.js';
export { type Scenario, type ScenarioStep, scenarioFormat, scenarioSchema } from './scenario.js';
export type { SystemSettings } from './system.js';
