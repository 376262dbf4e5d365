export type { Expectation } from './expectation.js';
export { parseScenario, readScenario, type ScenarioFile } from './read.js';
export { type Request, requestSchema, requestText, verbs } from './request.js';
export { type RepositorySpec, type Scenario, type ScenarioStep, scenarioSchema } from './scenario.js';
