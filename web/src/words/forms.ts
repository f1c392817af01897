import type { Language } from './language';

/** Patterns of fields, as the platform takes them; digits may be written in groups. */
export const PHONE_FORM = String.raw`\+?[0-9][0-9 .\(\)\-]{4,28}`;
export const PRM_FORM = String.raw`\s*(\d\s*){14}`;
export const SIREN_FORM = String.raw`\s*(\d\s*){9}`;
export const SIRET_FORM = String.raw`\s*(\d\s*){14}`;
/** Of a kWh: fewer than a hundred euros, to a ten-thousandth of a cent. */
export const PRICE_FORM = String.raw`\s*\d{1,2}([.,]\d{1,6})?\s*`;
/** An amount of a price list, to a millionth of a euro. */
export const CHARGE_FORM = String.raw`\s*\d{1,6}([.,]\d{1,6})?\s*`;
/** Of a kWh, in cents; that of the market may be negative. */
export const CENTS_FORM = String.raw`\s*\d{1,4}([.,]\d{1,6})?\s*`;
export const SIGNED_CENTS_FORM = String.raw`\s*-?\d{1,4}([.,]\d{1,6})?\s*`;
export const MONTH_FORM = String.raw`2[01]\d\d-(0[1-9]|1[0-2])`;
/** That multiplies a price. */
export const COEFFICIENT_FORM = String.raw`\s*\d{1,3}([.,]\d{1,6})?\s*`;
/** The reference of a mandate: EPC217-08. */
export const RUM_FORM = String.raw`\s*[A-Za-z0-9+?\/\-:\(\).,']{1,35}\s*`;
/** One to nine numbers of days, apart by commas or spaces. */
export const DAYS_FORM = String.raw`\s*\d{1,4}([\s,;]+\d{1,4}){0,8}\s*`;
/** kWh, to the watt-hour. */
export const KWH_FORM = String.raw`\s*\d{1,7}([.,]\d{1,3})?\s*`;
/** An instant with its offset. */
export const START_FORM = String.raw`\s*\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+\-]\d{2}:\d{2})\s*`;
export const EUROS_FORM = String.raw`\s*\d[\d\s]{0,9}([.,]\d{1,2})?\s*`;
export const POWERS_FORM = String.raw`\s*\d{1,5}([.,]\d{1,3})?(\s*[;+]\s*\d{1,5}([.,]\d{1,3})?){0,19}\s*`;

/** As a person reads it out, and a bank writes it: four characters, a space, four more. */
export function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/gu, '$1 ');
}

/** A SIREN as it is read out: `552 100 554`. */
export function inThrees(text: string): string {
  return text.replace(/(.{3})(?=.)/gu, '$1\u00a0');
}

/** What was written; null: nothing. */
export function textIn(form: FormData, name: string): string | null {
  return String(form.get(name) ?? '').trim() || null;
}

/** The file that was chosen; null: none. */
export function fileIn(form: FormData, name: string): File | null {
  const file = form.get(name);
  return file instanceof File && file.size > 0 ? file : null;
}

/** What was written, in lines: a pasted tab, which the platform refuses, is a space. */
export function linesIn(form: FormData, name: string): string {
  const text = String(form.get(name) ?? '').replaceAll('\r\n', '\n');
  return text.replaceAll(/[^\P{Cc}\n]/gu, ' ').trim();
}

export function digitsIn(form: FormData, name: string): string | null {
  return textIn(form, name)?.replace(/\s/g, '') ?? null;
}

/** A code of an app or for recovery, however it was grouped; empty: there is none. */
export function codeIn(form: FormData): string {
  return digitsIn(form, 'code') ?? '';
}

/** A whole number; nothing is none. */
export function countIn(form: FormData, name: string): number {
  return Number(textIn(form, name) ?? 0);
}

/** A decimal number as the API writes it: `36,5` is 36.5. */
export function decimalOf(text: string): string {
  return text.trim().replace(',', '.');
}

/** An amount in euros, as it is written here: `20` or `18,50` are 2000 and 1850 cents. */
export function centsOf(text: string): number {
  return Math.round(Number(decimalOf(text).replaceAll(/\s/gu, '')) * 100);
}

/** A decimal number of the API as one types it. */
export function asTyped(decimal: string | null | undefined, language: Language): string {
  const text = decimal ?? '';
  return language === 'fr' ? text.replace('.', ',') : text;
}

/** An amount in cents as one types it, in euros: as `EUROS_FORM` takes it. */
export function eurosTyped(cents: number, language: Language): string {
  return asTyped((cents / 100).toFixed(2), language);
}

/** Whole numbers, whatever is between them: `7, 21 et 45` is 7, 21 and 45. */
export function countsIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

/** Decimal numbers apart by semicolons, as the API writes them: `9 ; 36,5` is 9 and 36.5. */
export function decimalsIn(form: FormData, name: string): string[] {
  const text = textIn(form, name);
  return text ? text.split(/[;+]/).map(decimalOf) : [];
}
