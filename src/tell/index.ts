export {
  type AuditedDriver,
  atNextBoot,
  deviceStateWords,
  driverText,
  foundChecksum,
  importRefusalWords,
  initrdText,
  lackingDeviceText,
  linksStoppedText,
  missingNeeds,
  refusalText,
  refusedText,
  rootText,
  taintsText,
  violationText,
} from './audit.js';
export { channelCostLines } from './channel-costs.js';
export { referenceChurnSentence } from './churn.js';
export { claimSentence, claimTitle } from './claim.js';
export {
  answerLines,
  change,
  comparisonExtent,
  comparisonTitle,
  endsDifferently,
  judgementText,
  metricName,
  metricValue,
  movedTimes,
  ratioText,
  stepName,
  timingSentence,
} from './comparison.js';
export { costBasis, costCounts, costName, costTime } from './costs.js';
export { expectedText, foundText } from './expectation.js';
export {
  type Answered,
  fiveAnswers,
  headline,
  type Risk,
  recordedSentence,
  riskExtent,
  riskSentence,
} from './first-screen.js';
export { budgetLines, growthDirectionName } from './growth.js';
export { driverOnDayText, historyColumnNotes, historySpan } from './history.js';
export { hasCrcs, kernelDiffRemarks, kernelDiffRows, kernelDiffSentence } from './kernel-diff.js';
export { imageNote, kernelFactsRows, kernelFactsTitle, regimeSharesTitle, signerText } from './kernel-facts.js';
export { libsolvName, sourceVersion } from './libsolv.js';
export { limitsFindText, limitsRows, limitsStopText } from './limits.js';
export { endedInText, noAnswerText } from './no-answer.js';
export {
  bytes,
  checksum,
  compact,
  count,
  counted,
  duration,
  fixed,
  listed,
  megabytes,
  percent,
  power,
  significant,
  tickCount,
  tickDuration,
} from './numbers.js';
export { isNotApplicable, outcomeWord } from './outcome.js';
export { brokenWords, evidenceText } from './promise.js';
export { answerText } from './scenario.js';
export { brokenPromises, type Severity, severities, severityWords, stepSeverity } from './severity.js';
export { causeText, rootCauseText } from './solve/cause.js';
export { causeLines } from './solve/causes-text.js';
export { changedSymbolText, checksumText, kabiText, problemText } from './solve/kabi.js';
export { noAnswerLines, outcomeSummary, outcomeText, stepLine, stepVerb } from './solve/outcome-text.js';
export { notTriedText, solutionDevicesText, solutionText } from './solve/solution.js';
export { statementText } from './solve/statement.js';
export { reasonLines } from './solve/tree.js';
export { whyText } from './solve/why-text.js';
export { stepKeepsText } from './step.js';
export { eraseLine, printable, Styled, styled } from './styled.js';
export { supportFaultText, supportLines } from './support.js';
export type { TitledText } from './titled.js';
export { pointName, stepSentence, trendName, trendSteps, trendValue } from './trend.js';
export { verdictSentences } from './verdict.js';
export { visible, visibleJson, visibleLine } from './visible.js';
