import { parse, View } from 'vega';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';
import { Html, html } from '../html.ts';

/** Colours are the page's custom properties, so that charts follow its light and dark themes. */
export const CHART_COLOURS = {
  paper: 'var(--paper)',
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  grid: 'var(--grid)',
  first: 'var(--first)',
  second: 'var(--second)',
  fill: 'var(--first-fill)',
} as const;

const CONFIG: Config = {
  background: 'transparent',
  font: 'inherit',
  padding: 2,
  aria: false,
  view: { stroke: null },
  axis: {
    labelColor: CHART_COLOURS.muted,
    titleColor: CHART_COLOURS.muted,
    gridColor: CHART_COLOURS.grid,
    domainColor: CHART_COLOURS.line,
    tickColor: CHART_COLOURS.line,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelPadding: 6,
    titlePadding: 8,
    ticks: false,
  },
  axisX: { grid: false },
  axisY: { domain: false },
};

/**
 * Draws a Vega-Lite chart as inline SVG, without a browser or a canvas. It scales with its container.
 *
 * @param description what the chart shows, with its main figures, for readers who cannot see it.
 */
export const renderChart = async (spec: TopLevelSpec, description: string): Promise<Html> => {
  const compiled = compile(spec, { config: CONFIG }).spec;
  const view = new View(parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const [, width, height] = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/u.exec(svg) ?? [];
  const body = new Html(svg.replace(/^<svg[^>]*>/u, '').replace(/<\/svg>$/u, ''));
  return html`<svg
    role="img"
    aria-label="${description}"
    viewBox="0 0 ${width ?? 0} ${height ?? 0}"
    style="max-width:${width ?? 0}px"
  >
    ${body}
  </svg>`;
};
