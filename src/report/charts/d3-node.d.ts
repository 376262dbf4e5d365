// d3-node ships no types. Only what canvas.ts uses is described here, and a drawing as the few calls that charts make.
declare module 'd3-node' {
  import type * as d3 from 'd3';

  interface Mark {
    append(name: string): Mark;
    attr(name: string, value: string | number): Mark;
    text(value: string): Mark;
  }

  class D3Node {
    constructor(options?: { readonly container?: string; readonly selector?: string });
    readonly d3: typeof d3;
    readonly d3Element: { select(selector: string): { remove(): void } };
    createSVG(width?: number, height?: number, attributes?: Readonly<Record<string, string>>): Mark;
    svgString(): string;
  }
}
