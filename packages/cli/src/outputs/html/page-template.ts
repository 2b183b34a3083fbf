import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { joinModules } from './join-modules.ts';
import type { PageData } from './page-data.ts';

// src/outputs/html and dist/outputs/html lie equally deep.
const FOLDER = new URL('../../../assets/page/', import.meta.url);

const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/gu, (character) => ESCAPES[character] as string);

/** The page's text before its data and after it. */
export interface PageTemplate {
  readonly start: string;
  readonly end: string;
}

/**
 * Puts the page together from its parts, as one document that refers to nothing outside itself. Its policy lets its own
 * style and script run and nothing else, and lets it load nothing from anywhere.
 */
export const pageTemplate = (title: string): PageTemplate => {
  const style = read('page.css').trim();
  const modules = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, text: read(name) }));
  const script = joinModules(modules, 'start.js');
  const policy = `default-src 'none'; img-src data:; style-src ${sha256(style)}; script-src ${sha256(script)}; base-uri 'none'; form-action 'none'`;
  const parts: Readonly<Record<string, string>> = {
    policy: escapeHtml(policy),
    title: escapeHtml(title),
    style,
    script,
  };
  const filled = read('page.html').replaceAll(
    /\s*\/\* (style|script) \*\/\s*|\{\{(policy|title)\}\}/gu,
    (_, inside: string | undefined, inline: string | undefined) => parts[inside ?? inline ?? ''] as string,
  );
  const [start, end] = filled.split('{{data}}') as [string, string];
  return { start, end };
};

/** One piece of the page's data as the element that its scripts look for. Nothing in it can end the element. */
export const dataElement = <Kind extends keyof PageData>(kind: Kind, data: PageData[Kind]): string =>
  `<script type="application/json" data-kind="${kind}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>\n`;
