import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of the yearly report of an operation. */
export const yearWords = both(
  {
    title: (year: number) => `Bilan de ${year}`,
    lead: 'Ce que l’opération a produit, partagé et vendu dans l’année : pour l’assemblée, la mairie, le rapport d’activité.',
    years: 'Années',
    pdf: 'Télécharger le PDF',
    energies: 'Énergie',
    consumption: 'Consommée',
    production: 'Produite',
    shared: 'Partagée',
    sufficiency: 'Part de la consommation couverte ici',
    self: 'Part de la production utilisée ici',
    missing: (months: string) =>
      `Ce bilan n’est pas complet. Mois finis qui ne sont pas clos : ${months}.`,
    months: 'Mois clos',
    noMonth: 'Aucun mois de cette année n’est encore clos.',
    who: 'Participants',
    asOf: (day: string) => `Au ${day}`,
    consumers: (count: number) => counted.fr(count, 'point consomme', 'points consomment'),
    producers: (count: number) => counted.fr(count, 'point produit', 'points produisent'),
    moves: (entries: number, exits: number) =>
      `${counted.fr(entries, 'entrée', 'entrées')} et ${counted.fr(exits, 'sortie', 'sorties')} dans l’année`,
    sales: 'Ventes, hors taxe',
    sold: 'Quantité',
    mean: 'Prix moyen',
    revenue: 'Énergie vendue',
    why: 'D’où viennent ces chiffres ?',
    whyText:
      'L’énergie est celle des mois clos, telle que leur dernière clôture la dit. Les ventes sont celles des factures émises pour l’année, moins leurs avoirs ; le prix moyen est l’énergie vendue divisée par sa quantité.',
    fees: (sum: string) => `et ${sum} d’abonnements`,
  },
  {
    title: (year) => `The year ${year}`,
    lead: 'What the operation produced, shared and sold in the year: for the assembly, the town hall, the annual report.',
    years: 'Years',
    pdf: 'Download the PDF',
    energies: 'Energy',
    consumption: 'Consumed',
    production: 'Produced',
    shared: 'Shared',
    sufficiency: 'Part of consumption covered here',
    self: 'Part of production used here',
    missing: (months) =>
      `This report is not complete. Months that are over and not closed: ${months}.`,
    months: 'Closed months',
    noMonth: 'No month of this year is closed yet.',
    who: 'Participants',
    asOf: (day) => `As of ${day}`,
    consumers: (count) => counted.en(count, 'point consumes', 'points consume'),
    producers: (count) => counted.en(count, 'point produces', 'points produce'),
    moves: (entries, exits) =>
      `${counted.en(entries, 'entry', 'entries')} and ${counted.en(exits, 'exit', 'exits')} in the year`,
    sales: 'Sales, excl. VAT',
    sold: 'Sold',
    mean: 'Mean price',
    revenue: 'Revenue of energy',
    why: 'Where do these figures come from?',
    whyText:
      'The energy is that of the closed months, as their last closing says. Sales are those of the invoices issued for the year, less their credit notes; the mean price is the revenue of energy divided by its quantity.',
    fees: (sum) => `and ${sum} of fees`,
  },
);
