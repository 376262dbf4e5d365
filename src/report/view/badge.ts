/**
 * Good, bad and unknown are what happens to a machine; met and unmet are what the lab had recorded of an answer. The two never share a colour.
 * `one`, `two` and `three` tell data apart and judge nothing.
 */
export type Tone = 'good' | 'bad' | 'unknown' | 'plain' | 'met' | 'unmet';

/** A word that stands for a state, with a sign beside the colour: never the colour alone. */
export interface Badge {
  readonly tone: Tone;
  readonly sign: string;
  readonly text: string;
}
