export interface KeyFigure {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}
