import { both } from '../words/language';

export const productionWords = both(
  {
    title: 'Ma production',
    historyTitle: 'Ma production, mois par mois',
    toMonth: 'Ma consommation',
    none: 'Vous n’avez pas d’installation de production dans une opération.',
    notThen: 'Cette installation ne participait pas à l’opération ce mois-là.',
    noData: 'Aucune mesure pour ce mois. Elles arrivent en général un ou deux jours après.',
    shared: 'de votre production a été partagée',
    ofAll: (shared: string, made: string, surplus: string) =>
      `${shared} partagés sur ${made} produits, ${surplus} en surplus`,
    ofMade: (made: string) => `${made} produits`,
    notSettled:
      'Ce qui en a été partagé est montré une fois le mois réglé : avant, le total dirait de jour en jour ce que vos voisins ont pris.',
    why: 'À chaque demi-heure, ce que vous produisez est partagé entre les participants de l’opération, selon la clé et ce qu’ils consomment. Ce que personne ne prend à ce moment-là est le surplus : il part sur le réseau, à qui vous le vendez par ailleurs. Tant que le mois est provisoire, les chiffres peuvent encore changer un peu.',
    withheld: (needs: number) =>
      `Jour par jour, seule la production est montrée. Ce qui a été partagé l’est par mois, une fois réglé : il faudrait chaque jour au moins ${needs} autres compteurs servis, pour ne parler de personne.`,
    legendShared: 'partagé',
    legendSurplus: 'surplus',
    legendUnknown: 'produit, sans le détail',
    days: 'Votre production, jour par jour',
    monthsCaption: 'Votre production : ce qui a été partagé et le surplus',
    day: 'Jour',
    made: 'Produit',
    given: 'Partagé',
    surplus: 'Surplus',
    notAllocated: 'pas encore',
    sold: 'Ce que j’ai vendu : les factures',
  },
  {
    title: 'My production',
    historyTitle: 'My production, month by month',
    toMonth: 'What I used',
    none: 'You have no plant in an operation.',
    notThen: 'This plant took no part in the operation that month.',
    noData: 'There are no measures of this month yet. They come a day or two later as a rule.',
    shared: 'of your production was shared',
    ofAll: (shared, made, surplus) => `${shared} shared of ${made} produced, ${surplus} of surplus`,
    ofMade: (made) => `${made} produced`,
    notSettled:
      'What of it was shared is shown once the month is settled: before, the sum would tell from day to day what your neighbours took.',
    why: 'Each half-hour, what you produce is shared between those who take part in the operation, by its key and by what they use. What nobody takes at that time is surplus: it goes to the grid, to whom you sell it otherwise. As long as the month is provisional, its figures may still change a little.',
    withheld: (needs) =>
      `Day by day, only what was produced is shown. What was shared is told by month, once it is settled: it would take at least ${needs} other meters served on each day to tell of nobody.`,
    legendShared: 'shared',
    legendSurplus: 'surplus',
    legendUnknown: 'produced, not told apart',
    days: 'Your production, day by day',
    monthsCaption: 'Your production: what was shared, and the surplus',
    day: 'Day',
    made: 'Produced',
    given: 'Shared',
    surplus: 'Surplus',
    notAllocated: 'not yet',
    sold: 'What I sold: the invoices',
  },
);
