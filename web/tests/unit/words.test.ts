import { expect, test } from 'vitest';
import { en } from '../../src/messages/en';
import { fr } from '../../src/messages/fr';
import {
  clockMinutes,
  isWeekend,
  longDay,
  monthAt,
  monthBeside,
  monthName,
} from '../../src/words/dates';
import { kwh, percent } from '../../src/words/numbers';

const plain = (text: string) => text.replace(/\s/gu, ' ');

test('energy is whole from ten kilowatt-hours on', () => {
  expect(plain(kwh(440 * 60_000, 'fr'))).toBe('440 kWh');
  expect(plain(kwh(1_234_500 * 60, 'fr'))).toBe('1 235 kWh');
  expect(plain(kwh(14_940, 'fr'))).toBe('0,25 kWh');
  expect(kwh(14_940, 'en')).toBe('0.25 kWh');
});

test('a part is in percent, and of nothing a dash', () => {
  expect(plain(percent(0.268, 'fr'))).toBe('27 %');
  expect(percent(0.268, 'en')).toBe('27%');
  expect(percent(null, 'fr')).toBe('–');
});

test('months and days are named in the reader’s language, wherever the reader is', () => {
  expect(monthName('2026-10', 'fr')).toBe('octobre 2026');
  expect(monthName('2026-10', 'en')).toBe('October 2026');
  expect(longDay('2026-10-25', 'fr')).toBe('dimanche 25 octobre');
  expect([isWeekend('2026-10-25'), isWeekend('2026-10-26')]).toEqual([true, false]);
});

test('months beside go over the year', () => {
  expect(monthBeside('2026-01', -1)).toBe('2025-12');
  expect(monthBeside('2026-12', 1)).toBe('2027-01');
});

test('it is the month of Paris, not of the browser or of UTC', () => {
  expect(monthAt(new Date('2026-10-31T22:59:00Z'))).toBe('2026-10');
  expect(monthAt(new Date('2026-10-31T23:00:00Z'))).toBe('2026-11');
});

test('clocks show an hour twice in autumn', () => {
  const minutes = clockMinutes('2026-10-24T22:00:00Z', 30, 50);

  expect(minutes.slice(3, 9)).toEqual([90, 120, 150, 120, 150, 180]);
});

test('both languages say something everywhere', () => {
  for (const messages of [fr, en]) {
    for (const area of Object.values(messages)) {
      for (const said of Object.values(area)) {
        const text: string =
          typeof said === 'function' ? String(said.call(null, '1' as never, '2' as never)) : said;
        expect(text.trim()).not.toBe('');
      }
    }
  }
});
