import { both } from '../words/language';

/** Of any month, of a point or of a plant. */
export const monthsWords = both(
  {
    others: 'Autres mois',
    all: 'Tous les mois',
    before: 'Mois précédent',
    after: 'Mois suivant',
    month: 'Mois',
    state: 'État',
    empty:
      'Il n’y a encore aucun mois réparti. Le premier apparaît ici dès que ses mesures sont là.',
    receivedUntil: (day: string) => `mesures reçues jusqu’au ${day}`,
    daysMissing: (days: number) =>
      days === 1
        ? '1 jour n’est pas encore réparti'
        : `${days}\u00a0jours ne sont pas encore répartis`,
    missing: (days: number) => (days === 1 ? '1 jour manque' : `${days}\u00a0jours manquent`),
    open: 'en cours',
    provisional: 'provisoire',
    definitive: 'définitif',
  },
  {
    others: 'Other months',
    all: 'All months',
    before: 'Month before',
    after: 'Month after',
    month: 'Month',
    state: 'State',
    empty: 'No month is shared out yet. The first one appears here as soon as its measures are in.',
    receivedUntil: (day) => `measures have come until ${day}`,
    daysMissing: (days) =>
      days === 1 ? '1 day is not shared out yet' : `${days}\u00a0days are not shared out yet`,
    missing: (days) => (days === 1 ? '1 day is missing' : `${days}\u00a0days are missing`),
    open: 'under way',
    provisional: 'provisional',
    definitive: 'final',
  },
);
