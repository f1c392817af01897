import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { carbonWords } from '../../src/messages/carbon';
import { Carbon as CarbonLine } from '../../src/pages/Carbon';
import type { PointMonth } from '../../src/queries/months';
import { type Carbon, carbonSentence, gridGrams, plantGrams } from '../../src/words/carbon';
import { type Language, Spoken } from '../../src/words/language';

const OCTOBER: Carbon = {
  grid_g_per_kwh: '56.9',
  local_g_per_kwh_low: '25.2',
  local_g_per_kwh_high: '43.9',
  avoided_g_low: 1534,
  avoided_g_high: 3741,
  sources: ['ADEME, Base Carbone, élément 36651'],
  verified_by: null,
  valid_from: '2021-01-01',
};

function sentence(low: number, high: number, language: Language = 'fr'): string {
  const carbon = { ...OCTOBER, avoided_g_low: low, avoided_g_high: high };
  return carbonSentence(carbon, carbonWords[language], language).replaceAll('\u00a0', ' ');
}

test('what is avoided is a range', () => {
  expect(sentence(1534, 3741)).toBe('≈ 1,5 à 3,7 kg de CO₂e évités, par rapport au réseau');
  expect(sentence(1534, 3741, 'en')).toBe(
    '≈ 1.5 to 3.7 kg of CO₂e avoided, compared with the grid',
  );
});

test.each([
  [12, 340, '≈ 12 à 340 g'],
  [340, 999, '≈ 340 à 999 g'],
  [340, 1000, '≈ 0,3 à 1,0 kg'],
  [9000, 12_400, '≈ 9 à 12 kg'],
  [3700, 3720, '≈ 3,7 kg'],
])('both ends, of %d and %d g, have one unit', (low, high, start) => {
  expect(sentence(low, high)).toBe(`${start} de CO₂e évités, par rapport au réseau`);
});

test('what may be more or less makes hardly a difference', () => {
  expect(sentence(-240, 310)).toBe(
    'CO₂ : à peine une différence avec le réseau, entre 240 g de plus et 310 g de moins',
  );
  expect(sentence(-240, 1310, 'en')).toBe(
    'CO₂: hardly a difference from the grid, between 0.2 kg more and 1.3 kg less',
  );
  expect(sentence(0, 310)).toContain('entre 0 g de plus et 310 g de moins');
  expect(sentence(-310, 0)).toContain('entre 310 g de plus et 0 g de moins');
});

test('what emits more than the grid says so', () => {
  expect(sentence(-3741, -1534)).toBe('≈ 1,5 à 3,7 kg de CO₂e de plus qu’avec le réseau');
  expect(sentence(-3741, -1534, 'en')).toBe('≈ 1.5 to 3.7 kg of CO₂e more than with the grid');
});

test('the factors are those of the answer', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect(plain(plantGrams(OCTOBER, carbonWords.fr, 'fr'))).toBe('25,2 à 43,9 g');
  expect(plain(plantGrams(OCTOBER, carbonWords.en, 'en'))).toBe('25.2 to 43.9 g');
  expect(plain(gridGrams(OCTOBER, 'fr'))).toBe('56,9 g');
  const one = { ...OCTOBER, local_g_per_kwh_high: '25.2' };
  expect(plain(plantGrams(one, carbonWords.fr, 'fr'))).toBe('25,2 g');
});

function shown(known: Partial<PointMonth['totals']>, language: Language = 'fr'): string {
  const totals: PointMonth['totals'] = {
    days_allocated: 31,
    consumption_wmin: 440 * 60_000,
    shared_wmin: 118 * 60_000,
    coverage: 0.27,
    carbon: null,
    carbon_unknown: null,
    ...known,
  };
  const line = (
    <Spoken language={language}>
      <CarbonLine totals={totals} />
    </Spoken>
  );
  return renderToStaticMarkup(line).replaceAll('\u00a0', ' ');
}

test('the method stands beside the figure, closed: both factors, the source, and that nobody verified', () => {
  const french = shown({ carbon: OCTOBER });
  expect(french).toContain('<details');
  expect(french).not.toContain('<details open');
  for (const part of [
    '<summary>Comment ce chiffre est fait</summary>',
    '118 kWh',
    '56,9 g',
    '25,2 à 43,9 g',
    'tout le cycle de vie',
    'réseau français émet déjà peu',
    'Personne ici n’a encore vérifié',
    '<li lang="fr">ADEME, Base Carbone, élément 36651</li>',
  ])
    expect(french).toContain(part);
  expect(shown({ carbon: OCTOBER }, 'en')).toContain('Nobody here has verified these values');
});

test('who verified is told', () => {
  const html = shown({ carbon: { ...OCTOBER, verified_by: 'Anna, 2026-11-29' } });
  expect(html).toContain('Vérifié à la source : Anna, 2026-11-29.');
  expect(html).not.toContain('Personne ici');
});

test.each(['plant_kind_unknown', 'plant_without_factor', 'grid_without_factor'] as const)(
  'without a figure, of %s, it is not known, and why',
  (reason) => {
    const html = shown({ carbon_unknown: reason });
    expect(html).toContain('CO₂ : pas connu pour ce mois');
    expect(html).toContain(carbonWords.fr.whyUnknown[reason]);
    expect(html).not.toMatch(/\d (g|kg)/);
  },
);

test('where nothing was local there is nothing to tell', () => {
  expect(shown({ carbon_unknown: 'nothing_local' })).toBe('');
});
