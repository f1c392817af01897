import { expect, test } from 'vitest';
import { byPower, matching, organisersOf } from '../../src/words/publicOperations';
import { operation } from './operation';

const ECOLE = operation('A', { name: 'Toit de l’École', commune_names: ['Mirecombe'] });
const HALLE = operation('B', { name: 'La Halle', contact_email: 'bonjour@example.org' });
const OTHER = operation('C', { organiser_name: 'Watts du Val' });

test.each([
  ['ecole', [ECOLE]],
  ['  mirecombe ÉCOLE ', [ECOLE]],
  ['volts', [ECOLE, HALLE]],
  ['', [ECOLE, HALLE, OTHER]],
  ['nowhere', []],
])('operations are looked for without accents or capitals: "%s"', (looked, matches) => {
  expect(matching([ECOLE, HALLE, OTHER], looked)).toEqual(matches);
});

test('each organiser is named once, with an address for e-mail if one is known', () => {
  expect(organisersOf([ECOLE, HALLE, OTHER])).toEqual([HALLE, OTHER]);
  expect(organisersOf([HALLE, ECOLE, OTHER])).toEqual([HALLE, OTHER]);
});

test('the most powerful kind of plants comes first, and what is not told last', () => {
  const plants = [
    { production_kind: null, installed_kwc: null },
    { production_kind: 'solar' as const, installed_kwc: '250' },
    { production_kind: 'wind' as const, installed_kwc: '1500' },
  ];

  expect(byPower(plants).map(({ production_kind }) => production_kind)).toEqual([
    'wind',
    'solar',
    null,
  ]);
});
