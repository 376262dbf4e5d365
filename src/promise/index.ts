export { solverBudget } from './costs.js';
export { promiseOver } from './over.js';
export { judgePromise, judgePromises, type MachinePromise, promises } from './promises.js';
export type { JudgedStep } from './result.js';
