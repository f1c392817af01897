import { expect, test } from 'vitest';
import type { Key } from '../../src/queries/keys';
import { exampleOf, ownPartOf, ruleOf, shareOf } from '../../src/words/keys';
import { offerOf } from '../../src/words/offers';

const plain = (text: string) => text.replace(/\s/gu, ' ');
const OWN = '99000000000002';

const key = (definition: Key['definition']) => ({ definition }) as Key;

test('a fixed share is told with what it offers', () => {
  const fixed = key({ type: 'static', shares: { [OWN]: '0.125' }, redistribute: false });

  expect(shareOf(fixed, OWN)).toBe('0.125');
  expect(ownPartOf(fixed, OWN, 'fr').map(plain)).toEqual([
    '12,5 % de la production, tant que vous la consommez.',
  ]);
  expect(plain(exampleOf(fixed, OWN, 'fr') ?? '')).toContain('1,25 kWh vous sont proposés');
  expect(ownPartOf(fixed, '99000000000009', 'fr')).toEqual([
    'Cette règle ne vous donne pas de part.',
  ]);
});

test('ranks are told by the time at which they hold', () => {
  const ranked = key({
    type: 'priority',
    // Others' points are left out of what a member reads.
    ranks: [[], { weights: { [OWN]: '0.6' } }],
    schedules: [{ days: ['working_day'], hours: [['08:00', '18:00']], ranks: [[OWN], []] }],
  });

  expect(ownPartOf(ranked, OWN, 'fr')).toEqual([
    'De 8\u00a0h à 18\u00a0h, les jours ouvrés\u00a0: Vous êtes servi au rang 1 sur 2.',
    'Sinon\u00a0: Vous êtes servi au rang 2 sur 2. Votre poids dans ce rang est de 0,6.',
  ]);
});

test('each type of key has its rule, an unknown one says so', () => {
  const types = ['default_dynamic', 'static', 'dynamic', 'full_dynamic', 'priority', 'new'];
  const rules = types.map((type) => ruleOf(key({ type }), 'fr'));

  expect(new Set(rules).size).toBe(types.length);
  expect(rules.at(-1)).toContain('ne sait pas encore');
});

test('a form is an offer, with commas or points', () => {
  const form = new FormData();
  const fields = {
    valid_from: '2026-10-01',
    subscription_eur_per_month: '12,50',
    subscribed_kva: '6',
    tariff_formula: 'BTINFMUDT',
    hp: '0,148',
    hc: ' 0.112',
    includes_turpe: 'on',
    off_peak_from: '22:00',
    off_peak_to: '06:00',
    off_peak_percent: '35',
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);

  expect(offerOf(form, 'two')).toEqual({
    valid_from: '2026-10-01',
    subscription_eur_per_month: '12.50',
    energy_eur_per_kwh: { hp: '0.148', hc: '0.112' },
    subscribed_kva: 6,
    tariff_formula: 'BTINFMUDT',
    includes_turpe: true,
    includes_cta: false,
    off_peak_hours: [{ start: '22:00', end: '06:00' }],
    off_peak_percent: '35',
  });
});
