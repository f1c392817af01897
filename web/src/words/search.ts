/** Whether all words that are looked for are in a text, with or without their accents and capitals. */
export function hasWords(text: string, looked: string): boolean {
  const content = plain(text);
  return plain(looked)
    .split(/\s+/)
    .every((word) => content.includes(word));
}

/** Without accents or capitals: nobody types those of a village. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
