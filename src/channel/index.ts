export { type BuildRates, buildServiceTimes } from './build-service.js';
export { depthOf, type KernelLine, linesOf, repositoriesOf, withChannel } from './expand.js';
export { LineBuilds } from './line-builds.js';
export { type OrdinarySpec, ordinaryPackages } from './ordinary.js';
export { proportions } from './proportions.js';
export { looksBack, Newest, PublishedNames, publishedOverTime, publishedWith } from './publication.js';
