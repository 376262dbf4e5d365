export type { Expectation, KernelAuditExpectation } from './expectation.js';
export { type LoaderSpec, loaderSchema } from './loader.js';
export { parseScenario, readScenario, type ScenarioFile } from './read.js';
export { type Request, requestSchema, requestText, verbs } from './request.js';
export { type RepositorySpec, type Scenario, type ScenarioStep, scenarioSchema } from './scenario.js';
