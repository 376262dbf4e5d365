import { globPattern } from '#files';
import { type Tolerance, toleranceOf } from './amount.js';
import type { GateFile, Level, Where } from './gate-file.js';
import { isTolerated, type Kind } from './metric.js';

/** What is judged, as rules, budgets and known findings ask for it. */
export interface Judged extends Kind {
  readonly subject: string;
  readonly aspect: string;
  /** Id of the scenario; null for what belongs to none. */
  readonly scenario: string | null;
}

export interface Settings {
  readonly level: Level;
  readonly tolerance: Tolerance;
}

export type SettingsOf = (judged: Judged) => Settings;

/** How each value is judged: the tolerance of its kind, then every rule that matches, in order. */
export function policyOf({ tolerances, rules, growth, time }: GateFile): SettingsOf {
  const matchers = rules.map((rule) => ({ rule, matches: matcherOf(rule) }));
  return (judged) => {
    const { metric } = judged;
    const general = isTolerated(metric) ? (tolerances[metric] ?? 0) : 0;
    const begin = { level: metric === 'growth' ? growth.level : metric === 'time' ? time.level : 'error' } as const;
    let settings: Settings = { ...begin, tolerance: toleranceOf(general) };
    for (const { rule, matches } of matchers) {
      if (!matches(judged)) continue;
      settings = {
        level: rule.level ?? settings.level,
        tolerance: rule.tolerance === undefined ? settings.tolerance : toleranceOf(rule.tolerance),
      };
    }
    return settings;
  };
}

/** Whether a value is one of those that a `where` means. */
export function matcherOf({
  scenario,
  subject,
  aspect,
  phase,
  metric,
}: Where & { readonly aspect?: string | undefined }): (judged: Judged) => boolean {
  const text = (pattern: string | undefined) => (pattern === undefined ? null : globPattern(pattern));
  const [ofScenario, ofSubject, ofAspect] = [text(scenario), text(subject), text(aspect)];
  return (judged) =>
    (ofScenario === null || (judged.scenario !== null && ofScenario.test(judged.scenario))) &&
    (ofSubject === null || ofSubject.test(judged.subject)) &&
    (ofAspect === null || ofAspect.test(judged.aspect)) &&
    (phase === undefined || judged.phase === phase) &&
    (metric === undefined || judged.metric === metric);
}
