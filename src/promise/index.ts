export { solverBudget } from './costs.js';
export { judgePromises, type MachinePromise, promises } from './promises.js';
export { asksOfAnotherScheme, type JudgedStep } from './result.js';
