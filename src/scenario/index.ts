export { type Channel, channelSchema, depthsOf, repositoriesOfChannel } from './channel.js';
export { type Bound, type Expectation, expectableCounters, type KernelAuditExpectation } from './expectation.js';
export type { InitrdSpec } from './initrd.js';
export { type JsonSchema, scenarioJsonSchema } from './json-schema.js';
export { type LoaderSpec, loaderSchema } from './loader.js';
export { parseScenario, readScenario, type ScenarioFile } from './read.js';
export { scenarioReference } from './reference.js';
export {
  type ExternalDriver,
  externalSchemes,
  type PlainPackage,
  type Publication,
  type RepositorySpec,
} from './repository.js';
export { type RequestSpec, requestOptions, requestSchema, requestText, verbs } from './request.js';
export { type Scenario, type ScenarioStep, scenarioSchema } from './scenario.js';
export { type SystemSettings, zyppConfSchema } from './system.js';
export { baseSystem, userspacePackages } from './userspace.js';
export { type ScenarioVariant, variantsOf } from './variant.js';
