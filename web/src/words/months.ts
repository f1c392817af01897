import { monthsWords } from '../messages/months';
import type { ListedMonth, PointMonth } from '../queries/months';
import type { ListedPlantMonth, PlantMonth } from '../queries/plantMonths';
import { dayOfMonth } from './dates';
import type { Language } from './language';

/** `définitif`, or `3 jours manquent`: a month in a list. */
export function stateOf(
  { days, totals, settlement }: ListedMonth | ListedPlantMonth,
  language: Language,
): string {
  const words = monthsWords[language];
  const missing = days - totals.days_allocated;
  return missing > 0 ? words.missing(missing) : words[settlement?.status ?? 'open'];
}

/**
 * What a plant made in a month, as far as it is measured; but on the allocated days only where what
 * was shared is told: that is a part of these.
 */
export function producedIn({ days, totals }: PlantMonth): number {
  if (totals.shared_wmin !== null) return totals.production_wmin;
  return days.reduce((sum, { production_wmin }) => sum + (production_wmin ?? 0), 0);
}

/** How sure the figures of a month are, of which these days are measured. */
export function certaintyOf(
  { days, totals, settlement }: PointMonth | PlantMonth,
  measured: readonly { day: string }[],
  language: Language,
): string {
  const words = monthsWords[language];
  const last = measured.at(-1);
  const waiting = measured.length - totals.days_allocated;
  const state =
    last && measured.length < days.length
      ? words.receivedUntil(dayOfMonth(last.day, language))
      : words[settlement?.status ?? 'open'];
  return waiting > 0 ? `${state} · ${words.daysMissing(waiting)}` : state;
}
