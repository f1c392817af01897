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
    notShared: 'Rien n’en est encore réparti entre les participants de l’opération.',
    notSettled:
      'Ce qui en a été partagé est montré une fois le mois réglé : avant, le total dirait de jour en jour ce que vos voisins ont pris.',
    why: 'À chaque demi-heure, ce que vous produisez est partagé entre les participants de l’opération, selon la clé et ce qu’ils consomment. Ce que personne ne prend à ce moment-là est le surplus : il part sur le réseau, à qui vous le vendez par ailleurs. Tant que le mois est provisoire, les chiffres peuvent encore changer un peu.',
    withheld: (needs: number) =>
      `Jour par jour, seule la production est montrée. Ce qui a été partagé l’est par mois, une fois réglé : il faudrait chaque jour au moins ${needs} autres compteurs servis, pour ne parler de personne.`,
    legendShared: 'partagé',
    legendSurplus: 'surplus',
    legendUnknown: 'produit, sans le détail',
    days: 'Votre production jour par jour, en kWh',
    monthsCaption: 'Votre production en kWh : ce qui a été partagé et le surplus',
    day: 'Jour',
    made: 'Produit',
    given: 'Partagé',
    surplus: 'Surplus',
    notAllocated: 'pas encore',
    sold: 'Ce que j’ai vendu : les factures',
    steps: 'Votre production, demi-heure par demi-heure',
    stepIs: (times: string, made: string, shared: string | null) =>
      shared === null
        ? `${times} : ${made} produits`
        : `${times} : ${made} produits, ${shared} partagés`,
    stepsCaption: 'Votre production demi-heure par demi-heure, en kWh',
    time: 'Heure',
    noneMade: 'Rien n’a été produit ce jour-là.',
    stepsWithheld:
      'Ce qui en a été partagé n’est pas montré : trop peu de voisins l’ont pris, il dirait ce que l’un d’eux consomme.',
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
    notShared: 'Nothing of it is shared out yet between those who take part in the operation.',
    notSettled:
      'What of it was shared is shown once the month is settled: before, the sum would tell from day to day what your neighbours took.',
    why: 'Each half-hour, what you produce is shared between those who take part in the operation, by its key and by what they use. What nobody takes at that time is surplus: it goes to the grid, to whom you sell it otherwise. As long as the month is provisional, its figures may still change a little.',
    withheld: (needs) =>
      `Day by day, only what was produced is shown. What was shared is told by month, once it is settled: it would take at least ${needs} other meters served on each day to tell of nobody.`,
    legendShared: 'shared',
    legendSurplus: 'surplus',
    legendUnknown: 'produced, not told apart',
    days: 'Your production day by day, in kWh',
    monthsCaption: 'Your production in kWh: what was shared, and the surplus',
    day: 'Day',
    made: 'Produced',
    given: 'Shared',
    surplus: 'Surplus',
    notAllocated: 'not yet',
    sold: 'What I sold: the invoices',
    steps: 'Your production, half-hour by half-hour',
    stepIs: (times, made, shared) =>
      shared === null
        ? `${times}: ${made} produced`
        : `${times}: ${made} produced, ${shared} shared`,
    stepsCaption: 'Your production half-hour by half-hour, in kWh',
    time: 'Time',
    noneMade: 'Nothing was produced on that day.',
    stepsWithheld:
      'What of it was shared is not shown: so few neighbours took it that it would tell what one of them consumes.',
  },
);
