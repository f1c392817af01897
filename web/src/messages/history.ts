import { both } from '../words/language';

export const historyWords = both(
  {
    title: 'Tous mes mois',
    sentence: (percent: string, shared: string, all: string) =>
      `${percent} de votre électricité était locale : ${shared} sur ${all}.`,
    picture: 'Vos mois : ce qui était local et ce qui venait du réseau',
    used: 'Consommé',
    cost: 'Facture locale',
    whyCost:
      'La facture locale est ce que l’opération vous a facturé pour le mois, TVA comprise, avoirs déduits. Celle de votre fournisseur n’y est pas.',
    local: 'Local',
    coverage: 'Part locale',
    download: 'Télécharger (CSV)',
    fileName: 'elocoop-mois.csv',
  },
  {
    title: 'All my months',
    sentence: (percent, shared, all) =>
      `${percent} of your electricity was local: ${shared} of ${all}.`,
    picture: 'Your months: what was local and what came from the grid',
    used: 'Consumed',
    cost: 'Local bill',
    whyCost:
      'The local bill is what the operation billed you for the month, VAT included, less credit notes. Your supplier’s is not in it.',
    local: 'Local',
    coverage: 'Local part',
    download: 'Download (CSV)',
    fileName: 'elocoop-months.csv',
  },
);
