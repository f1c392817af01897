import type { Plants, PublicOperation } from '../queries/publicOperations';
import { hasWords } from './search';

/** Those of which all words that are looked for are in their name, commune or organiser. */
export function matching(operations: PublicOperation[], looked: string): PublicOperation[] {
  return operations.filter(({ name, organiser_name, commune_names }) =>
    hasWords([name, organiser_name, ...commune_names].join(' '), looked),
  );
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

/** The most powerful kind of plants first; last, those of which the power is not told. */
export function byPower(plants: Plants[]): Plants[] {
  return plants.toSorted((one, other) => toldKw(other) - toldKw(one));
}

function toldKw({ installed_kwc }: Plants): number {
  return installed_kwc === null ? -1 : Number(installed_kwc);
}
