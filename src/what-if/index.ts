export { type Answered, answer, type Lab } from './answer.js';
export { questionCommand } from './command.js';
export { boundText, type DesignEdit, editedScheme } from './design-edit.js';
export {
  type Question,
  type QuestionParts,
  questionAddress,
  questionOf,
  questionOfAddress,
  questionSchema,
} from './question.js';
export { adjustedCost, type CostRates, measuredRates } from './rates.js';
export { questionScenario, questionScenarioText } from './scenario.js';
