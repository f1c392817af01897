import { keyPreviewWords } from '../messages/keyPreviews';
import type { LocalWorth, MwhWorth } from '../queries/bills';
import type { Language } from './language';
import { pricePerKwh, WMIN_PER_KWH, wholeEuros } from './numbers';

const KWH_PER_MWH = 1000;
const WMIN_PER_MWH = WMIN_PER_KWH * KWH_PER_MWH;
const CENTS_PER_EURO = 100;

/** What one pays less, in cents, at the least and at the most; negative: what one pays more. */
export interface Saving {
  leastCents: number;
  mostCents: number;
}

/** Of so much more, or less, local energy: nobody knows at which hours it comes. */
export function savingOf(differenceWmin: number, { least, most }: LocalWorth): Saving {
  const [one, other] = [least, most].map(({ saving_cents }) =>
    Math.round((differenceWmin * saving_cents) / WMIN_PER_MWH),
  ) as [number, number];
  return { leastCents: Math.min(one, other), mostCents: Math.max(one, other) };
}

/** `≈ 8 € à 15 € de moins à payer`: in whole euros, as it is an estimate. */
export function savingSentence({ leastCents, mostCents }: Saving, language: Language): string {
  const words = keyPreviewWords[language];
  const size = (cents: number) => wholeEuros(Math.abs(cents), language);
  const [nothing, least, most] = [size(0), size(leastCents), size(mostCents)];
  if (least === nothing && most === nothing) return words.noEuros;
  if (leastCents < 0 && mostCents > 0 && least !== nothing && most !== nothing) {
    return words.moreOrLess(least, most);
  }
  // Of a saving the least comes first, and so does the smaller one of what is more to pay.
  const isLess = mostCents > 0 && most !== nothing;
  const [small, large] = isLess
    ? [leastCents < 0 ? nothing : least, most]
    : [mostCents > 0 ? nothing : most, least];
  const range = small === large ? large : words.range(small, large);
  return isLess ? words.lessToPay(range) : words.moreToPay(range);
}

/** How the worth of a kWh is made up. */
export function worthSentence(worth: MwhWorth, language: Language): string {
  const perKwh = (cents: number) => pricePerKwh(cents / KWH_PER_MWH / CENTS_PER_EURO, language);
  return keyPreviewWords[language].madeUp(
    perKwh(worth.supplier_cents),
    perKwh(worth.networks_cents),
    perKwh(worth.local_cents),
    perKwh(worth.saving_cents),
  );
}
