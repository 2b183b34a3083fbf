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
    const items = ['a', 'b'].map((item) => html`<b>${item}</b>`);
    expect(html`<p>${items}${new Html('<hr>')}${3}</p>`.text).toBe('<p><b>a</b><b>b</b><hr>3</p>');
  });
});
