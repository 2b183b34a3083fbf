import { html, Html } from './html.ts';

describe('html', () => {
  test('escapes what could end text or an attribute', () => {
    const source = `<script>alert("it's & done")</script>`;
    expect(html`<p title="${source}">${source}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;it&#39;s &amp; done&quot;)&lt;/script&gt;">' +
        '&lt;script&gt;alert(&quot;it&#39;s &amp; done&quot;)&lt;/script&gt;</p>',
    );
  });

  test('takes markup as it is and joins lists', () => {
    const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
    expect(
      html`<ul>
          ${items}
        </ul>
        ${new Html('<hr>')}${3}`.text,
    ).toBe('<ul><li>a</li><li>b</li></ul><hr>3');
  });
});
