export type Tone = 'good' | 'bad' | 'unknown' | 'plain';

/** A word that stands for a state, with a sign beside the colour: never the colour alone. */
export interface Badge {
  readonly tone: Tone;
  readonly sign: string;
  readonly text: string;
}
