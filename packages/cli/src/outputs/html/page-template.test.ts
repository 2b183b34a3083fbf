import { createHash } from 'node:crypto';
import { dataElement, pageTemplate } from './page-template.ts';

const between = (text: string, start: RegExp, end: string): string => {
  const from = text.search(start);
  const inside = text.slice(from + (start.exec(text.slice(from))?.[0].length ?? 0));
  return inside.slice(0, inside.indexOf(end));
};

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the page', () => {
  const { start, end } = pageTemplate('Faces & <friends>');

  test('lets its own style and script run, and nothing else', () => {
    const policy = between(start, /Content-Security-Policy" content="/u, '"');
    const style = between(start, /<style>/u, '</style>');
    const script = between(end, /<script type="module">/u, '</script>');
    expect(script.length).toBeGreaterThan(5000);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src ${hashOf(style)}`,
      `script-src ${hashOf(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('has no place left to fill in, and a title that is no markup', () => {
    expect(start + end).not.toMatch(/\{\{\w+\}\}|\/\* (?:style|script) \*\//u);
    expect(start).toContain('<title>Faces &amp; &lt;friends&gt;</title>');
  });

  test('refers to nothing outside itself', () => {
    expect(start + end).not.toMatch(/(?:src|href)=|url\(|@import|^import /mu);
  });
});

test('data cannot end its element', () => {
  const name = '</script><script>alert(1)</script><!--';
  const element = dataElement('failure', { name, message: 'x' });
  const json = between(element, /<script[^>]*>/u, '</script>');
  expect(element.trimEnd().slice(element.indexOf('>') + 1, -'</script>'.length)).toBe(json);
  expect(JSON.parse(json)).toEqual({ name, message: 'x' });
});
