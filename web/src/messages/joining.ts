import { both } from '../words/language';

export const joiningWords = both(
  {
    title: 'Votre entrée se prépare',
    lead: (names: string) =>
      `Votre compteur n’est pas encore dans ${names}. Votre organisateur l’inscrit, et votre mois apparaît ici dès ses premières mesures.`,
    todo: 'D’ici là : lisez et signez ce qui vous attend ci-dessous, et posez vos questions.',
    nothing: 'Rien ne se prépare : vous êtes déjà dans vos opérations, ou dans aucune.',
    home: 'Retour à l’accueil',
  },
  {
    title: 'You are on your way in',
    lead: (names) =>
      `Your meter is not in ${names} yet. Your organiser enters it, and your month appears here with its first measures.`,
    todo: 'Until then: read and sign what waits for you below, and ask what you want to know.',
    nothing: 'Nothing is on its way: you are in your operations already, or in none.',
    home: 'Back to the start',
  },
);
