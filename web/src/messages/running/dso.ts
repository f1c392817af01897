import type { components } from '../../api/schema/allocation';
import type { DifferenceClass } from '../../queries/settlements';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

type Quantity = components['schemas']['Quantity'];

interface DsoWords {
  title: string;
  none: string;
  definitive: string;
  provisional: string;
  days: (days: number) => string;
  classes: Record<DifferenceClass, readonly [name: string, help: string]>;
  agrees: string;
  differences: string;
  cause: string;
  places: string;
  energy: string;
  totals: string;
  quantity: string;
  ours: string;
  theirs: string;
  difference: string;
  quantities: Record<Quantity, string>;
  sides: Record<components['schemas']['Direction'], (quantity: string) => string>;
  findings: string;
  moreFindings: (count: number) => string;
}

export const dsoWords = both<DsoWords>(
  {
    title: '4. Le gestionnaire de réseau',
    none: 'Ses résultats de ce mois ne sont pas arrivés. Ils viennent dans ses fichiers, et n’empêchent pas de facturer.',
    definitive: 'Ses résultats définitifs sont là.',
    provisional: 'Ses résultats provisoires sont là.',
    days: (days) =>
      counted.fr(days, 'jour est comparé, pas par pas.', 'jours sont comparés, pas par pas.'),
    classes: {
      perimeter_mismatch: [
        'Un point que l’un des deux ne connaît pas',
        'Comparez la liste des participants avec la sienne : une entrée ou une sortie est en retard, ou refusée.',
      ],
      missing_reading: [
        'Une mesure que l’un des deux n’a pas',
        'Redemandez-la si c’est nous ; sinon, dites-le au gestionnaire de réseau.',
      ],
      late_correction: [
        'Des mesures différentes',
        'Une correction est arrivée chez l’un et pas encore chez l’autre : elle suit en général.',
      ],
      coefficients_rounded: [
        'Les décimales des coefficients',
        'Il a appliqué le fichier envoyé, qui a peu de décimales : il n’y a rien à faire.',
      ],
      key_not_applied: [
        'Une autre clé de partage',
        'Il n’a pas appliqué la clé en vigueur : vérifiez qu’elle lui a été déclarée à temps.',
      ],
      rounding: ['Des arrondis', 'Il arrondit autrement : il n’y a rien à faire.'],
      unexplained: [
        'Sans explication',
        'Ni notre clé ni une autre ne donne ses chiffres : demandez-lui, avec le tableau à l’appui.',
      ],
    },
    agrees: 'Il est d’accord avec nous, aux arrondis près.',
    differences: 'Les écarts, par cause',
    cause: 'Cause',
    places: 'Cas',
    energy: 'Écart, kWh',
    totals: 'Les totaux, en kWh',
    quantity: 'Énergie',
    ours: 'Les nôtres',
    theirs: 'Les siens',
    difference: 'Écart',
    quantities: {
      consumption: 'consommé',
      production: 'produit',
      self_consumed: 'partagé',
      surplus: 'surplus',
      complement: 'pris au réseau',
    },
    sides: {
      consumption: (quantity) => `consommateurs : ${quantity}`,
      production: (quantity) => `centrales : ${quantity}`,
    },
    findings: 'Point par point',
    moreFindings: (count) =>
      `Et ${counted.fr(count, 'autre', 'autres')}, dans le tableau à télécharger plus bas.`,
  },
  {
    title: '4. The grid operator',
    none: 'Its results of this month have not come. They come in its files, and invoices do not wait for them.',
    definitive: 'Its final results are there.',
    provisional: 'Its provisional results are there.',
    days: (days) =>
      counted.en(days, 'day is compared, step by step.', 'days are compared, step by step.'),
    classes: {
      perimeter_mismatch: [
        'A point that one side does not know',
        'Compare the list of participants with theirs: an entry or an exit is late, or was refused.',
      ],
      missing_reading: [
        'A reading that one side does not have',
        'Ask for it again if it is ours; else tell the grid operator.',
      ],
      late_correction: [
        'Different readings',
        'A correction has come to one side and not to the other yet: it follows as a rule.',
      ],
      coefficients_rounded: [
        'The decimals of coefficients',
        'It applied the file that was sent, which has few decimals: nothing is to be done.',
      ],
      key_not_applied: [
        'Another sharing key',
        'It did not apply the key in force: check that it was declared in time.',
      ],
      rounding: ['Rounding', 'It rounds in another way: nothing is to be done.'],
      unexplained: [
        'No explanation',
        'Neither our key nor another one gives its figures: ask, with the table at hand.',
      ],
    },
    agrees: 'It agrees with us, up to rounding.',
    differences: 'Differences, by cause',
    cause: 'Cause',
    places: 'Cases',
    energy: 'Difference, kWh',
    totals: 'The totals, in kWh',
    quantity: 'Energy',
    ours: 'Ours',
    theirs: 'Theirs',
    difference: 'Difference',
    quantities: {
      consumption: 'consumed',
      production: 'produced',
      self_consumed: 'shared',
      surplus: 'surplus',
      complement: 'taken from the grid',
    },
    sides: {
      consumption: (quantity) => `consumers: ${quantity}`,
      production: (quantity) => `plants: ${quantity}`,
    },
    findings: 'Point by point',
    moreFindings: (count) => `And ${count}\u00a0more, in the table to download below.`,
  },
);
