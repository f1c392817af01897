const CHARACTERS = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', '’'],
  ['nbsp', '\u00a0'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['euro', '€'],
  ['deg', '°'],
]);

/**
 * The character of `&name;` in Markdown; false: it stays as it was written. In the place of the
 * parser's own way, which makes HTML of it for the browser to read: Trusted Types forbid that.
 */
export function decodeNamedCharacterReference(name: string): string | false {
  return CHARACTERS.get(name) ?? false;
}
