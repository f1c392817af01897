import { expect, test } from 'vitest';
import { creditLinesIn } from '../../src/words/creditLines';
import {
  centsOf,
  codeIn,
  countIn,
  countsIn,
  DAYS_FORM,
  decimalsIn,
  digitsIn,
  EUROS_FORM,
  eurosTyped,
  KWH_FORM,
  linesIn,
  PHONE_FORM,
  POWERS_FORM,
  PRM_FORM,
  SIREN_FORM,
  textIn,
} from '../../src/words/forms';

/** As a browser reads a field's pattern. */
function fits(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'v').test(text);
}

test.each([
  [PRM_FORM, '99110000000101', true],
  [PRM_FORM, ' 991 1000 0000 101', true],
  [PRM_FORM, '9911000000010', false],
  [SIREN_FORM, '123 456 789', true],
  [SIREN_FORM, '123 456 78A', false],
  [PHONE_FORM, '+33 4 99 00 00 00', true],
  [PHONE_FORM, '04.99.00.00.00', true],
  [PHONE_FORM, 'call me', false],
  [POWERS_FORM, '9', true],
  [DAYS_FORM, '7, 21, 45', true],
  [DAYS_FORM, '7 21 45', true],
  [DAYS_FORM, '7 et 21', false],
  [DAYS_FORM, '', false],
  [KWH_FORM, '7,25', true],
  [KWH_FORM, '-7', false],
  [POWERS_FORM, '9 ; 36,5', true],
  [POWERS_FORM, '9 kWc', false],
])('%s takes %s: %s', (pattern, text, isTaken) => {
  expect(fits(pattern, text)).toBe(isTaken);
});

test.each([
  [100_000, 'fr', '1000,00'],
  [100_000, 'en', '1000.00'],
  [123_456_789, 'en', '1234567.89'],
  [5, 'fr', '0,05'],
] as const)(
  'a field takes the euros that it begins with: %i cents (%s)',
  (cents, language, text) => {
    expect(eurosTyped(cents, language)).toBe(text);
    expect(fits(EUROS_FORM, text)).toBe(true);
    expect(centsOf(text)).toBe(cents);
  },
);

test('what was not written is nothing', () => {
  const form = new FormData();
  form.set('name', '  ');
  form.set('prm', '991 1000 0000 101 ');
  form.set('plants', '9 ; 36,5');
  expect(textIn(form, 'name')).toBeNull();
  expect(textIn(form, 'phone')).toBeNull();
  expect(digitsIn(form, 'prm')).toBe('99110000000101');
  expect(countIn(form, 'household')).toBe(0);
  expect(decimalsIn(form, 'plants')).toEqual(['9', '36.5']);
  expect(decimalsIn(form, 'name')).toEqual([]);
});

test('a code is taken however it was grouped', () => {
  const form = new FormData();
  expect(codeIn(form)).toBe('');
  form.set('code', ' 123 456\u00a0');
  expect(codeIn(form)).toBe('123456');
});

test('lines stay lines, without what the platform refuses', () => {
  const form = new FormData();
  form.set('text', ' Why?\r\n\r\n1.\t2,50 €\u0007\n');
  expect(linesIn(form, 'text')).toBe('Why?\n\n1. 2,50 €');
  expect(linesIn(form, 'nothing')).toBe('');
});

test('days are the numbers in what was written', () => {
  expect(countsIn(' 7, 21 ;45 ')).toEqual([7, 21, 45]);
  expect(countsIn('')).toEqual([]);
});

test('a credit note is of the lines that are ticked, whole unless kWh are written', () => {
  const form = new FormData();
  expect(creditLinesIn(form)).toEqual([]);
  form.append('line', '1');
  form.append('line', '3');
  form.append('kwh-1', ' 7,25 ');
  form.append('kwh-3', '');
  // Of a line that is not ticked any more.
  form.append('kwh-2', '4');
  expect(creditLinesIn(form)).toEqual([
    { position: 1, energy_wmin: 435_000 },
    { position: 3, energy_wmin: null },
  ]);
});
