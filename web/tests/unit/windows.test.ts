import { expect, test } from 'vitest';
import { halfHour, pricedHoursSentence, windowsSentence } from '../../src/words/windows';

test('windows are told in words', () => {
  const winter = [11, 12, 1, 2, 3];

  expect(windowsSentence([{ months: [], days: [], hours: [['11:00', '17:30']] }], 'fr')).toBe(
    'de 11\u00a0h à 17\u00a0h\u00a030, tous les jours',
  );
  expect(windowsSentence([{ months: winter, days: ['working_day'], hours: [] }], 'fr')).toBe(
    'à toute heure, les jours ouvrés, de novembre à mars',
  );
  expect(halfHour(23)).toBe('11:30');
});

test('classes of the network operator are told in words, as they depend on the meter', () => {
  const offPeak = { windows: [], tariff_classes: ['HCH', 'HCB'] };

  expect(pricedHoursSentence(offPeak, 'fr')).toBe(
    'heures creuses de novembre à mars et heures creuses d’avril à octobre, selon le compteur',
  );
  expect(pricedHoursSentence({ windows: [], tariff_classes: ['P'] }, 'en')).toBe(
    'meters without off-peak hours, by the meter',
  );
});
