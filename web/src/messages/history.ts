import { both } from '../words/language';

export const historyWords = both(
  {
    title: 'Tous mes mois',
    sentence: (percent: string, shared: string, all: string) =>
      `${percent} de votre électricité était locale : ${shared} sur ${all}.`,
    empty:
      'Il n’y a encore aucun mois réparti. Le premier apparaît ici dès que ses mesures sont là.',
    picture: 'Vos mois : ce qui était local et ce qui venait du réseau',
    month: 'Mois',
    used: 'Consommé',
    cost: 'Facture locale',
    local: 'Local',
    coverage: 'Part locale',
    provisional: 'provisoire',
    definitive: 'définitif',
    open: 'en cours',
    state: 'État',
    missing: (days: number) => (days === 1 ? '1 jour manque' : `${days} jours manquent`),
    download: 'Télécharger (CSV)',
    fileName: 'elocoop-mois.csv',
  },
  {
    title: 'All my months',
    sentence: (percent, shared, all) =>
      `${percent} of your electricity was local: ${shared} of ${all}.`,
    empty: 'No month is shared out yet. The first one appears here as soon as its measures are in.',
    picture: 'Your months: what was local and what came from the grid',
    month: 'Month',
    used: 'Consumed',
    cost: 'Local bill',
    local: 'Local',
    coverage: 'Local part',
    provisional: 'provisional',
    definitive: 'final',
    open: 'under way',
    state: 'State',
    missing: (days) => (days === 1 ? '1 day is missing' : `${days} days are missing`),
    download: 'Download (CSV)',
    fileName: 'elocoop-months.csv',
  },
);
