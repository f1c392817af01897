import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from '../../src/parts/Markdown';

const shown = (text: string) =>
  renderToStaticMarkup(<Markdown>{text}</Markdown>).replace(/^<div[^>]*>|<\/div>$/g, '');

test('what a co-op writes is shown as it was meant', () => {
  const text = [
    '# Le toit produit',
    '',
    'Depuis lundi, **36 kWc** de *plus* &amp; `midi`.  ',
    'La [suite](https://example.org/a?b=1&c=2) par <bonjour@example.org>.',
    '',
    '- la lessive',
    '- le four',
    '',
    '3. trois',
    '',
    '> merci',
    '',
    '[d]: https://example.org/d',
    'Voir [ici][d] ou [là][].',
  ].join('\n');

  const html = shown(text);

  expect(html).toContain('<h2>Le toit produit</h2>');
  expect(html).toContain('<strong>36 kWc</strong> de <em>plus</em> &amp; <code>midi</code>.<br/>');
  expect(html).toContain('<a href="https://example.org/a?b=1&amp;c=2"');
  expect(html).toContain('<a href="mailto:bonjour@example.org"');
  expect(html).toContain('<li><p>la lessive</p></li>');
  expect(html).toContain('<ol start="3">');
  expect(html).toContain('<blockquote><p>merci</p></blockquote>');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'x <b onclick="alert(1)">y</b> <!-- z -->',
  '<style>*{display:none}</style>',
  '<iframe src="https://evil.example"></iframe>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
])('HTML is no more than text: %s', (text) => {
  const tags = shown(text).match(/<\/?[a-z!][^>]*>/g) ?? [];

  expect(tags.filter((tag) => tag !== '<p>' && tag !== '</p>')).toEqual([]);
});

test.each([
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](\u0001javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example)',
  '[x](/community/me)',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n[x]',
  '[x][toString]',
])('a link that leads to no page and no e-mail is no link: %s', (text) => {
  expect(shown(text)).not.toContain('<a');
});

test('a picture is its words: it would be fetched from elsewhere', () => {
  expect(shown('![le toit](https://evil.example/pixel.png)')).toBe('<p>[image\u00a0: le toit]</p>');
  expect(shown('![](https://evil.example/pixel.png)')).toBe('<p></p>');
});

test('what is deep or long is read all the same', () => {
  expect(shown(`${'> '.repeat(200)}x`)).toContain('x');
  expect(shown(`x ${'*'.repeat(20_000)}`)).toContain('*');
  expect(shown('['.repeat(20_000))).toContain('[');
});
