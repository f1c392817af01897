import type { Language } from './language';

export const WMIN_PER_KWH = 60_000;
export const WMIN_PER_WH = 60;
const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Energy in kWh, from watt-minutes, on one line with its unit; by default whole from 10 kWh on, else with two decimals. */
export function kwh(wmin: number, language: Language, decimals?: number): string {
  const value = wmin / WMIN_PER_KWH;
  const digits = decimals ?? (Math.abs(value) >= 10 ? 0 : 2);
  return `${decimal(value, digits, language)}\u00a0kWh`;
}

/** Energy of a moment: in Wh below 1 kWh. */
export function energy(wmin: number, language: Language): string {
  if (Math.abs(wmin) >= WMIN_PER_KWH) return kwh(wmin, language, 2);
  return `${decimal(wmin / WMIN_PER_WH, 0, language)}\u00a0Wh`;
}

/** An amount of money, from cents. */
export function euros(cents: number, language: Language): string {
  const format = { style: 'currency', currency: 'EUR' } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(cents / 100);
}

/** An amount that is known by and large, from cents: in whole euros. */
export function wholeEuros(cents: number, language: Language): string {
  const format = { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(cents / 100);
}

/** How much more or less, with its sign: `+ 3,92 €`, `+€3.92`. */
export function signedEuros(cents: number, language: Language): string {
  const sign = cents > 0 ? '+' : cents < 0 ? '−' : '';
  const space = sign && language === 'fr' ? '\u00a0' : '';
  return `${sign}${space}${euros(Math.abs(cents), language)}`;
}

/** What a kWh costs, in euros: to a tenth of a cent, and on to a ten-thousandth where it has one. */
export function pricePerKwh(value: number, language: Language): string {
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: 3,
    maximumFractionDigits: 4,
  });
  return format.format(value);
}

/** A number with as many decimals as it has. */
export function plainNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 6 }).format(value);
}

/** A part of a whole in percent, without decimals; a dash of nothing. */
export function percent(part: number | null, language: Language): string {
  if (part === null) return '–';
  const format = { style: 'percent', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(part);
}

/** An exact coefficient, `0.25` or `3/7`, as people read it: in percent, rounded to hundredths. */
export function fraction(coefficient: string, language: Language): string {
  const [above = 0, below = 1] = coefficient.split('/').map(Number);
  const format = { style: 'percent', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(above / below);
}

/** The power of plants, from the API's decimal text; panels have theirs in full sun. */
export function power(kw: string, isPeak: boolean, language: Language): string {
  const format = { maximumFractionDigits: 1 };
  const value = new Intl.NumberFormat(LOCALES[language], format).format(Number(kw));
  const peak = language === 'fr' ? 'kWc' : 'kWp';
  return `${value} ${isPeak ? peak : 'kW'}`;
}

/** A way, in metres below a kilometre. */
export function distance(metres: number, language: Language): string {
  if (metres < 1000) return `${decimal(metres, 0, language)} m`;
  const format = { maximumFractionDigits: metres < 10_000 ? 1 : 0 };
  return `${new Intl.NumberFormat(LOCALES[language], format).format(metres / 1000)} km`;
}

export function decimal(value: number, digits: number, language: Language): string {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(LOCALES[language], format).format(value);
}

export function localeOf(language: Language): string {
  return LOCALES[language];
}
