import { both } from '../words/language';

export const keyPreviewWords = both(
  {
    title: 'Ce que cela aurait changé pour vous',
    more: (difference: string) => `${difference} d’électricité locale en plus`,
    less: (difference: string) => `${difference} d’électricité locale en moins`,
    same: 'Autant d’électricité locale',
    over: (months: number, today: string, draft: string) =>
      `Sur ${months === 1 ? 'votre dernier mois' : `vos ${months} derniers mois`} : ${today} avec les clés d’alors, ${draft} avec celle-ci.`,
    byMonth: 'Mois par mois',
    caption: 'Électricité locale de chaque mois, par l’une et l’autre clé',
    month: 'Mois',
    today: 'Clé d’alors',
    draft: 'Celle-ci',
    total: 'Total',
    computing: 'Le calcul est en cours : les mois arrivent ici un par un.',
    failed: 'Le calcul n’a pas abouti pour tous les mois.',
    none: 'Cette clé ne dit rien des mois passés : on ne peut pas la comparer.',
    why: 'Vos vraies mesures de ces mois, partagées une seconde fois avec cette clé. Tout le reste est comme c’était : la production, et la consommation de chacun. L’avenir peut être autre.',
    group: (today: string, draft: string) =>
      `Tous ensemble : ${today} avec les clés d’alors, ${draft} avec celle-ci.`,
    fairer:
      'L’écart entre ceux qui reçoivent beaucoup et ceux qui reçoivent peu serait plus petit.',
    lessFair:
      'L’écart entre ceux qui reçoivent beaucoup et ceux qui reçoivent peu serait plus grand.',
    withheld: (needs: number) =>
      `Le total du groupe n’est pas montré : il faut au moins ${needs} autres compteurs, pour que personne ne soit reconnu.`,
  },
  {
    title: 'What it would have changed for you',
    more: (difference) => `${difference} more of local electricity`,
    less: (difference) => `${difference} less of local electricity`,
    same: 'As much local electricity',
    over: (months, today, draft) =>
      `Over your last ${months === 1 ? 'month' : `${months} months`}: ${today} by the keys of then, ${draft} by this one.`,
    byMonth: 'Month by month',
    caption: 'Local electricity of each month, by either key',
    month: 'Month',
    today: 'Key of then',
    draft: 'This one',
    total: 'Total',
    computing: 'It is being computed: months come here one by one.',
    failed: 'It could not be computed for all months.',
    none: 'This key says nothing of past months: it cannot be compared.',
    why: 'Your true readings of these months, shared out a second time by this key. All else is as it was: production, and what everybody used. The future may be different.',
    group: (today, draft) => `All together: ${today} by the keys of then, ${draft} by this one.`,
    fairer: 'The gap between those who get much and those who get little would be smaller.',
    lessFair: 'The gap between those who get much and those who get little would be wider.',
    withheld: (needs) =>
      `The group’s total is not shown: it takes at least ${needs} other meters, so that nobody is recognised.`,
  },
);
