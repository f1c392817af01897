import { both } from '../words/language';

export const pointWords = both(
  {
    point: 'Compteur',
    none: 'Vous n’avez pas de compteur de consommation dans une opération.',
    noMember: 'Votre compte n’est pas celui d’un membre : il n’a pas de consommation à montrer.',
  },
  {
    point: 'Meter',
    none: 'You have no meter that consumes in an operation.',
    noMember: 'Your account is not a member’s: it has no consumption to show.',
  },
);
