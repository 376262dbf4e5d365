import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, Html, html, jsonForScript } from '../../src/report/html.js';

describe('the html template', () => {
  it('escapes what is put in, for text and for quoted attributes', () => {
    const evil = `<img src=x onerror="alert(1)">'&\``;
    expect(html`<p title="${evil}">${evil}</p>`.toString()).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;&#96;">&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;&#96;</p>',
    );
  });

  it('puts templates into templates once, and lists without a separator', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>`.toString()).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
    expect(html`${['<', Html.trusted('<br>')]}`.toString()).toBe('&lt;<br>');
  });

  it('never lets text open a tag, close an attribute or start an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"'`]/);
        expect(escaped).not.toMatch(/&(?!(amp|lt|gt|quot|#39|#96);)/);
        expect(escaped).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('shows characters that reorder or hide text as their code', () => {
    expect(escapeHtml('kmp-\u202egpj.exe')).toBe('kmp-\\u{202e}gpj.exe');
    expect(escapeHtml('a\u0000b\u200bc')).toBe('a\\u{0}b\\u{200b}c');
    expect(escapeHtml('a\tb\nc')).toBe('a\tb\nc');
  });
});

describe('JSON inside a script element', () => {
  it('cannot end the element and reads back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = jsonForScript({ value, evil: '</script><!--\u2028\u2029' }).toString();
        expect(text).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value, evil: '</script><!--\u2028\u2029' })));
      }),
    );
  });
});
