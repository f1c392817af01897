import type { Language } from './language';

export const WMIN_PER_KWH = 60_000;
export const WMIN_PER_WH = 60;
const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
const EUROS = { style: 'currency', currency: 'EUR' } as const;

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A number and its unit, on one line. */
export function withUnit(number: string, unit: string): string {
  return `${number}\u00a0${unit}`;
}

/** Energy in kWh, from watt-minutes; by default whole from 10 kWh on, else with two decimals. */
export function kwh(wmin: number, language: Language, decimals?: number): string {
  const digits = decimals ?? (Math.abs(wmin) >= 10 * WMIN_PER_KWH ? 0 : 2);
  return withUnit(inKwh(wmin, language, digits), 'kWh');
}

/** The same without its unit, for tables that name it above: five digits fit on a phone. */
export function inKwh(wmin: number, language: Language, decimals: number): string {
  return decimal(wmin / WMIN_PER_KWH, decimals, language);
}

/** Energy of a moment: in Wh below 1 kWh. */
export function energy(wmin: number, language: Language): string {
  if (Math.abs(wmin) >= WMIN_PER_KWH) return kwh(wmin, language, 2);
  return withUnit(decimal(wmin / WMIN_PER_WH, 0, language), 'Wh');
}

/** An amount of money, from cents. */
export function euros(cents: number, language: Language): string {
  return written(cents / 100, language, EUROS);
}

/** An amount that is known by and large, from cents: in whole euros. */
export function wholeEuros(cents: number, language: Language): string {
  return written(cents / 100, language, { ...EUROS, maximumFractionDigits: 0 });
}

/** How much more or less, with its sign: `+ 3,92 €`, `+€3.92`. */
export function signedEuros(cents: number, language: Language): string {
  const sign = cents > 0 ? '+' : cents < 0 ? '−' : '';
  const space = sign && language === 'fr' ? '\u00a0' : '';
  return `${sign}${space}${euros(Math.abs(cents), language)}`;
}

/** What a kWh costs, in euros: to a tenth of a cent, and on to a ten-thousandth where it has one. */
export function pricePerKwh(value: number, language: Language): string {
  const digits = { minimumFractionDigits: 3, maximumFractionDigits: 4 };
  return written(value, language, { ...EUROS, ...digits });
}

/** A count: `18 096`. */
export function whole(count: number, language: Language): string {
  return decimal(count, 0, language);
}

/** A count and what is counted, on one line; none is not many in French: `0 compte`, `0 accounts`. */
export const counted = {
  fr: (count: number, one: string, several: string) =>
    withUnit(whole(count, 'fr'), count < 2 ? one : several),
  en: (count: number, one: string, several: string) =>
    withUnit(whole(count, 'en'), count === 1 ? one : several),
};

/** A number with as many decimals as it has, up to so many. */
export function plainNumber(value: number, language: Language, decimals = 6): string {
  return written(value, language, { maximumFractionDigits: decimals });
}

/** A part of a whole in percent, without decimals; a dash of nothing. */
export function percent(part: number | null, language: Language): string {
  if (part === null) return '–';
  return written(part, language, { style: 'percent', maximumFractionDigits: 0 });
}

/** An exact coefficient, `0.25` or `3/7`, as people read it: in percent, rounded to hundredths. */
export function fraction(coefficient: string, language: Language): string {
  const [above = 0, below = 1] = coefficient.split('/').map(Number);
  return written(above / below, language, { style: 'percent', maximumFractionDigits: 2 });
}

/** The power of plants, from the API's decimal text; panels have theirs in full sun. */
export function power(kw: string, isPeak: boolean, language: Language): string {
  const peak = language === 'fr' ? 'kWc' : 'kWp';
  const value = written(Number(kw), language, { maximumFractionDigits: 1 });
  return withUnit(value, isPeak ? peak : 'kW');
}

/** A way, in metres below a kilometre. */
export function distance(metres: number, language: Language): string {
  if (metres < 1000) return withUnit(decimal(metres, 0, language), 'm');
  const digits = { maximumFractionDigits: metres < 10_000 ? 1 : 0 };
  return withUnit(written(metres / 1000, language, digits), 'km');
}

export function decimal(value: number, digits: number, language: Language): string {
  return written(value, language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function written(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(LOCALES[language], options).format(value);
}

export function localeOf(language: Language): string {
  return LOCALES[language];
}
