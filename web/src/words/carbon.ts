import type { CarbonWords } from '../messages/carbon';
import type { PointMonth } from '../queries/months';
import type { Language } from './language';
import { decimal, plainNumber, withUnit } from './numbers';

export type Carbon = NonNullable<PointMonth['totals']['carbon']>;

const G_PER_KG = 1000;

/** What a month's local energy emits less, or more, than as much from the grid: never one number where it is a range. */
export function carbonSentence(carbon: Carbon, words: CarbonWords, language: Language): string {
  const { avoided_g_low: low, avoided_g_high: high } = carbon;
  const between = (least: number, most: number) => massRange(least, most, words, language);
  if (low > 0) return words.avoided(between(low, high));
  if (high < 0) return words.more(between(-high, -low));
  const more = Math.abs(low);
  const format = massFormat(Math.max(more, high), language);
  return words.hardly(format.withUnit(more), format.withUnit(high));
}

/** What the plants emit for each kWh. */
export function plantGrams(carbon: Carbon, words: CarbonWords, language: Language): string {
  const low = gramsPerKwh(carbon.local_g_per_kwh_low, language);
  const high = gramsPerKwh(carbon.local_g_per_kwh_high, language);
  return low === high ? withUnit(low, 'g') : words.range(low, withUnit(high, 'g'));
}

export function gridGrams(carbon: Carbon, language: Language): string {
  return withUnit(gramsPerKwh(carbon.grid_g_per_kwh, language), 'g');
}

function gramsPerKwh(text: string, language: Language): string {
  return plainNumber(Number(text), language);
}

function massRange(least: number, most: number, words: CarbonWords, language: Language): string {
  const format = massFormat(most, language);
  const [low, high] = [format.bare(least), format.withUnit(most)];
  return low === format.bare(most) ? high : words.range(low, high);
}

/** Of masses that stand together, so in one unit and with as many decimals: those of the largest. */
function massFormat(largest: number, language: Language) {
  const isKg = largest >= G_PER_KG;
  const digits = isKg && largest < 10 * G_PER_KG ? 1 : 0;
  const bare = (grams: number) => decimal(isKg ? grams / G_PER_KG : grams, digits, language);
  return { bare, withUnit: (grams: number) => withUnit(bare(grams), isKg ? 'kg' : 'g') };
}
