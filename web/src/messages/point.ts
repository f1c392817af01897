import { both } from '../words/language';

export const pointWords = both(
  {
    point: 'Compteur',
    none: 'Vous n’avez pas encore de compteur de consommation dans une opération. Votre organisateur l’inscrit, et votre mois apparaît ici dès ses premières mesures.',
    noneButPlants: 'Vous n’avez pas de compteur de consommation dans une opération.',
    toProduction: 'Voir ma production',
    toJoining: 'Où en est mon entrée, mes documents, une question',
    noMember: 'Votre compte n’est pas celui d’un membre : il n’a pas de consommation à montrer.',
  },
  {
    point: 'Meter',
    none: 'You have no meter that consumes in an operation yet. Your organiser enters it, and your month appears here with its first measures.',
    noneButPlants: 'You have no meter that consumes in an operation.',
    toProduction: 'See my production',
    toJoining: 'My way in: my documents, a question',
    noMember: 'Your account is not a member’s: it has no consumption to show.',
  },
);
