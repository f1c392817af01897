import { both } from '../words/language';

export const historyWords = both(
  {
    title: 'Tous mes mois',
    sentence: (percent: string, shared: string, all: string) =>
      `${percent} de votre électricité était locale : ${shared} sur ${all}.`,
    picture: 'Vos mois : ce qui était local et ce qui venait du réseau',
    used: 'Consommé',
    cost: 'Facture locale',
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
    local: 'Local',
    coverage: 'Local part',
    download: 'Download (CSV)',
    fileName: 'elocoop-months.csv',
  },
);
