/** The look of a report: light and dark, from phone to paper. Charts take their colours from the custom properties. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f6f7f9; --ink: #1a1d21; --muted: #5b6470; --line: #c9d0d8; --grid: #e7eaee;
  --first: #2563b8; --first-fill: #bcd3f0; --second: #c2540a; --hit: #124a96; --miss: #873500;
  --caution: #fff4e0; --caution-line: #e0a84a; --on-light: #000000; --on-dark: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --raised: #1d2126; --ink: #e8ebee; --muted: #9aa4af; --line: #434b55; --grid: #2a3037;
    --first: #6aa5ec; --first-fill: #25456d; --second: #f09a52; --hit: #2f6fc0; --miss: #b5560f;
    --caution: #33280f; --caution-line: #8a6a22; --on-light: #ffffff; --on-dark: #ffffff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 48px 24px 64px; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
  -webkit-text-size-adjust: 100%; font-variant-numeric: tabular-nums;
}
main { max-width: 1060px; margin: 0 auto; }
h1 { margin: 0 0 8px; font-size: 32px; line-height: 1.2; letter-spacing: -0.015em; }
h2 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; letter-spacing: -0.01em; }
h3 { margin: 0; font-size: 15px; line-height: 1.4; }
p { margin: 0 0 12px; max-width: 72ch; }
section { margin-top: 56px; }
section > h3 { margin-top: 28px; }
.lead { color: var(--muted); max-width: 80ch; }
.lead b { color: var(--ink); font-weight: 600; }
.note { margin: 6px 0 0; color: var(--muted); font-size: 14px; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 16px; margin: 28px 0 16px; }
.figure { padding: 18px 20px; border-radius: 10px; background: var(--raised); }
.figure dt { font-size: 14px; font-weight: 600; color: var(--muted); }
.figure dd { margin: 0; }
.figure .value, .figure .range { white-space: nowrap; }
.figure .value { font-size: 34px; font-weight: 650; line-height: 1.25; letter-spacing: -0.02em; }
.figure .range { font-size: 14px; font-weight: 600; }
.figure .meaning { margin-top: 8px; font-size: 13px; line-height: 1.45; color: var(--muted); }
.caution { max-width: none; padding: 12px 16px; border: 1px solid var(--caution-line); border-radius: 8px; background: var(--caution); font-size: 14px; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 32px 40px; align-items: start; margin-top: 20px; }
figure { margin: 0; min-width: 0; }
figcaption { display: flex; flex-wrap: wrap; gap: 2px 18px; align-items: baseline; margin-bottom: 8px; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
.key { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 0; padding: 0; list-style: none; font-size: 13px; color: var(--muted); }
.key li { display: flex; align-items: center; gap: 6px; }
.key i { display: inline-block; width: 18px; border-top: 2px solid; }
.key .key-line-first { color: var(--first); }
.key .key-line-second { color: var(--second); border-top-style: dashed; }
.key .key-line-best { color: var(--second); border-top-width: 3px; }
.key .key-diagonal { color: var(--ink); border-top: 1px dashed; }
.key .key-bar { width: 12px; height: 12px; border: 1px solid var(--first); background: var(--first-fill); }
.key .key-dot, .key .key-dot-first, .key .key-dot-second { width: 9px; height: 9px; border: 0; border-radius: 50%; background: var(--ink); }
.key .key-dot-first { background: var(--first); }
.key .key-dot-second { background: var(--second); }
.key .key-diamond { width: 8px; height: 8px; border: 0; background: var(--second); transform: rotate(45deg); }
table { border-collapse: collapse; }
.scroll { overflow-x: auto; margin-top: 16px; }
.confusion { width: 100%; max-width: 860px; table-layout: fixed; border-spacing: 2px; border-collapse: separate; font-size: 14px; }
.confusion th { font-weight: 600; }
.confusion thead th { padding: 0 0 6px; vertical-align: bottom; overflow-wrap: anywhere; }
.confusion tbody th { width: 110px; padding-right: 10px; text-align: right; }
.confusion .corner { width: 110px; padding: 0 10px 6px 0; text-align: right; vertical-align: bottom; color: var(--muted); font-size: 12px; }
.confusion tbody td { height: 52px; padding: 2px; text-align: center; line-height: 1.25; border-radius: 4px; color: var(--on-light); }
.confusion td b { display: block; font-weight: 600; }
.confusion td span { font-size: 12px; }
.confusion .hit { background: color-mix(in srgb, var(--hit) var(--share), var(--raised)); }
.confusion .miss { background: color-mix(in srgb, var(--miss) var(--share), var(--raised)); }
.confusion .dark { color: var(--on-dark); }
.confusion .none { color: var(--muted); }
.confusion .none b { font-weight: 400; }
.confusion .none span { visibility: hidden; }
.confusion .support { color: var(--muted); }
.list { width: 100%; margin-top: 8px; font-size: 14px; }
.list th { font-weight: 600; text-align: left; }
.list thead th { color: var(--muted); font-size: 13px; }
.list th, .list td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
.list .number { text-align: right; padding-right: 0; padding-left: 12px; white-space: nowrap; }
.list .arrow { color: var(--muted); }
.meter { width: 40%; }
.meter i { display: block; height: 10px; margin-top: 6px; border-radius: 2px; background: var(--miss); opacity: 0.8; }
.facts { margin-bottom: 24px; }
.facts th { width: 44%; color: var(--muted); font-weight: 400; }
.facts th, .facts td { overflow-wrap: anywhere; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: 20px 16px; margin: 20px 0 0; padding: 0; list-style: none; }
.mistakes li { min-width: 0; font-size: 13px; line-height: 1.4; }
.mistakes img { display: block; width: 100%; height: auto; aspect-ratio: 1; margin-bottom: 6px; border-radius: 6px; background: var(--raised); }
.mistakes p { display: flex; justify-content: space-between; gap: 6px; margin: 0; }
.mistakes .wrong { white-space: nowrap;  color: var(--second); }
.mistakes .figure-of { color: var(--muted); }
.mistakes .source { display: block; overflow: hidden; color: var(--muted); font-size: 11px; text-overflow: ellipsis; white-space: nowrap; }
details summary { cursor: pointer; color: var(--first); }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--grid); color: var(--muted); font-size: 13px; }
@media (max-width: 900px) {
  .figures { grid-template-columns: repeat(2, 1fr); }
}
@media (max-width: 640px) {
  body { padding: 24px 16px 40px; }
  h1 { font-size: 26px; }
  section { margin-top: 44px; }
  .figures { gap: 10px; }
  .list { font-size: 13px; }
  .list th, .list td { padding-right: 6px; }
  .list .number { padding-left: 6px; }
  .list thead th { font-size: 12px; }
  .figure { padding: 14px; }
  .figure .value { font-size: 26px; }
  .confusion { font-size: 11px; border-spacing: 1px; }
  .confusion td span { font-size: 10px; }
  .confusion tbody td { height: 40px; padding: 0; border-radius: 2px; }
  .confusion thead th span { writing-mode: vertical-rl; transform: rotate(180deg); }
  .confusion tbody th, .confusion .corner { width: 68px; padding-right: 4px; overflow-wrap: anywhere; }
  .list td:has(.arrow) { white-space: nowrap; }
  .meter { display: none; }
  .mistakes li { font-size: 12px; }
  .mistakes { grid-template-columns: repeat(3, 1fr); gap: 16px 10px; }
}
@media print {
  :root {
    --paper: #ffffff; --raised: #f3f4f6; --ink: #000000; --muted: #4a4f55; --line: #b5bcc4; --grid: #dfe3e7;
    --first: #2563b8; --first-fill: #bcd3f0; --second: #b34a05; --hit: #124a96; --miss: #873500; --caution: #fff4e0; --on-light: #000000;
  }
  body { padding: 0; font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 28px; }
  .figures { grid-template-columns: repeat(4, 1fr); }
  .figure { padding: 10px 12px; }
  .figure .value { font-size: 26px; }
  .grid { grid-template-columns: 1fr 1fr; gap: 20px 24px; }
  figure, tr, .figure, .mistakes li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
