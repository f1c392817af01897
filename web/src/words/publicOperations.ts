import type { PublicOperation } from '../queries/publicOperations';

/** Those of which all words that are looked for are in their name, commune or organiser. */
export function matching(operations: PublicOperation[], looked: string): PublicOperation[] {
  const words = plain(looked).split(/\s+/);
  return operations.filter((operation) => {
    const { name, organiser_name, commune_names } = operation;
    const text = plain([name, organiser_name, ...commune_names].join(' '));
    return words.every((word) => text.includes(word));
  });
}

/** Without accents or capitals: nobody types those of a village. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Who runs operations that are shown, each once. */
export function organisersOf(operations: PublicOperation[]): PublicOperation[] {
  const organisers = new Map<string, PublicOperation>();
  for (const operation of operations) {
    const key = `${operation.organiser_name}\n${operation.organiser_address}`;
    const known = organisers.get(key);
    if (!known?.contact_email) organisers.set(key, operation);
  }
  return [...organisers.values()];
}
