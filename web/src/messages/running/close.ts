import { both } from '../../words/language';

/** Of the page on which a month is closed; each step has its own part. */
export const closeWords = both(
  {
    title: (month: string) => `Clôture · ${month}`,
    why: 'Que veulent dire ces étapes ?',
    whyData:
      'Les données sont les mesures de chaque point, par pas d’une demi-heure en général, que le gestionnaire de réseau envoie.',
    whyShares:
      'Les parts disent, pas par pas, combien chacun a reçu de chaque centrale d’après la clé de partage. Elles se comptent en watt-minutes entiers : rien ne se perd en arrondis, et le bilan est juste ou ne l’est pas.',
    whyRest:
      'La clôture fige ces énergies, le gestionnaire de réseau donne sa propre répartition, et les factures mettent les prix sur ce qui est clos.',
    mend: {
      data: 'Voir les données',
      shares: 'Voir les parts',
      settlement: 'Voir la clôture',
      dso: 'Voir le réseau',
      bills: 'Voir les factures',
    },
    mendKeys: 'Voir les clés',
    mendBills: {
      prices: 'Voir les prix',
      taxes: 'Voir les taxes',
      seller: 'Compléter le vendeur',
      member: 'Compléter le membre',
      members: 'Voir les membres et les points',
    },
    day: 'Jour',
    state: 'État',
    files: 'Fichiers',
  },
  {
    title: (month) => `Closing · ${month}`,
    why: 'What do these steps mean?',
    whyData:
      'The data are the readings of each point, by half-hours as a rule, which the grid operator sends.',
    whyShares:
      'The shares say, step by step, how much each one got of each plant by the sharing key. They are counted in whole watt-minutes: nothing is lost to rounding, and the balance is exact or is not.',
    whyRest:
      'The closing freezes these energies, the grid operator gives a split of its own, and invoices put the prices on what is closed.',
    mend: {
      data: 'See the data',
      shares: 'See the shares',
      settlement: 'See the closing',
      dso: 'See the grid',
      bills: 'See the invoices',
    },
    mendKeys: 'See the keys',
    mendBills: {
      prices: 'See the prices',
      taxes: 'See the taxes',
      seller: 'Complete the seller',
      member: 'Complete the member',
      members: 'See the members and points',
    },
    day: 'Day',
    state: 'State',
    files: 'Files',
  },
);
